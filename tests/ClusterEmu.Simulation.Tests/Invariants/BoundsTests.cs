using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation.Tests;

public sealed class BoundsTests
{
    [Fact]
    public void AQuietCluster_KeepsItsBounds_AndTheyAreLookedAt()
    {
        var (world, bounds) = Started(null);
        bounds.Check(healed: true);
        Assert.Null(world.Violation);
        var kinds = world.Holders.All.Select(entry => entry.Holder.GetType().Name).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["DataPath", "EventRecorder", "InformerHub", "KubeProxy", "WatchHub"], kinds);
        var caches = world.Holders.All.SelectMany(entry => HoldingsOf(entry.Holder)).Where(held => held.Resource == "pods").ToList();
        Assert.NotEmpty(caches);
        Assert.All(caches, held => Assert.True(held.Count > 0));
    }

    [Fact]
    public void ACacheThatForgetsNothing_IsFoundOnceAllIsHealed()
    {
        var (world, bounds) = Started((_, _, props) => props.Type != typeof(InformerHub) ? props : FilteredActor.PropsFor(props, static () => static (_, message, deliver) =>
        {
            if (message is not WatchEvent { Type: WatchEventType.Deleted }) deliver(message);
        }));
        var probe = new Probe(world);
        Assert.True(probe.Ask(ApiCall.Delete(Kinds.Service, "kube-system", "kube-dns")).Ok);
        world.Executor.RunUntil(world.Now + 2_000_000);
        bounds.Check(healed: false);
        Assert.Null(world.Violation);
        bounds.Check(healed: true);
        Assert.Contains("InformerHub of ", world.Violation?.What, StringComparison.Ordinal);
        Assert.Equal("bounds", world.Violation!.Invariant);
    }

    [Fact]
    public void AHolderBeyondItsOwnBound_AFullMailbox_AndAJournalThatIsNeverCompacted_AreFound()
    {
        var (world, bounds) = Started((_, _, props) => props.Type == typeof(EventRecorder) ? Props.Create(() => new Hoarder()) : props);
        bounds.Check(healed: false);
        Assert.Contains("Hoarder of ", world.Violation?.What, StringComparison.Ordinal);
        Assert.Contains("holds 11 stones, but may hold 10.", world.Violation!.What, StringComparison.Ordinal);

        (world, bounds) = Started(null);
        var ear = new Probe(world).Ref;
        for (var i = 0; i < 20_000; i++) ear.Tell(i, ActorRefs.NoSender);
        bounds.Check(healed: false);
        Assert.Contains("has 20000 messages or more waiting", world.Violation?.What, StringComparison.Ordinal);

        (world, bounds) = Started((_, _, props) => props.Type != typeof(StoreWriter) ? props : FilteredActor.PropsFor(props, static () => static (_, message, deliver) =>
        {
            if (message.GetType().Name != "Forget") deliver(message);
        }));
        world.Writers.Start(new WriterOptions { PerSecond = 20 });
        world.Executor.RunUntil(world.Now + 60_000_000);
        world.Writers.Stop();
        world.Executor.RunUntil(world.Now + 8 * 60_000_000L);
        bounds.Check(healed: true);
        Assert.Contains("The journal holds ", world.Violation?.What, StringComparison.Ordinal);
    }

    private static (SimulatedWorld World, Bounds Bounds) Started(Func<SimulatedWorld, string, Props, Props>? actors)
    {
        var world = new SimulatedWorld(new WorldOptions { Nodes = 1, DnsReplicas = 1, Composition = new Composition { Actors = actors } }, 1);
        var bounds = new Bounds();
        bounds.Attach(world);
        world.Start();
        world.Executor.RunUntil(8_000_000);
        return (world, bounds);
    }

    private static List<Holding> HoldingsOf(IHolder holder)
    {
        var holdings = new List<Holding>();
        holder.ListHoldings(holdings);
        return holdings;
    }

    private sealed class Hoarder : ReceiveActor, IHolder
    {
        public Hoarder() => ReceiveAny(_ => { });

        public void ListHoldings(List<Holding> holdings) => holdings.Add(new("stones", 11, 10));
    }
}
