using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation.Tests;

/// <summary>Watches with selectors, and the end by 410: each mistake of the server is seen.</summary>
public sealed class WatchStreamsTests
{
    /// <summary>What the server makes of the events of a watch, and what the report has to say.</summary>
    public static TheoryData<string, string?> Mistakes() => new()
    {
        { "none", null },
        { "an object that enters is MODIFIED", "brought Modified default/a" },
        { "an object that enters is left out", "but never" },
        { "an object that stays is ADDED", "brought Added default/a" },
        { "an object that stays is left out", "but never" },
        { "an object that leaves is MODIFIED", "brought Modified default/a" },
        { "an object that leaves is left out", "but never" },
        { "the last event is left out", "has not brought revision" },
        { "an object outside is told of", "brought Added default/a" },
        { "410 for nothing", "ended with 410 after revision" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AWatchWithASelector_IsHeldToWhatItSelects(string mistake, string? expected)
    {
        foreach (var (labels, fields) in ((string?, string?)[])[("color=red", null), ("color=red", "metadata.name!=z"), ("color in (red)", "metadata.name=a")])
        {
            if (mistake == "an object outside is told of" && fields == "metadata.name=a") continue; // The name is not part of the predicate.
            var violation = Run(mistake, labels, fields);
            if (expected is null)
            {
                Assert.Null(violation);
                continue;
            }
            Assert.Equal("watch-streams", violation?.Invariant);
            Assert.Contains(expected, violation!.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A410_IsRight_ForARevisionOlderThanTheStoreKeeps_OrWhereAFaultDrewIt()
    {
        var (world, probe, streams) = Started("none");
        var from = probe.Ask(ApiCall.Create(Map("a", "red"))).ResourceVersion!;
        probe.Ask(ApiCall.Create(Map("b", "red")));
        world.Client.Watch(new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = from }, probe.Ref);
        world.Executor.RunUntil(world.Now + 1_000_000);
        using (world.ApiFaults.Add(new ApiFault { Name = "d", DropAtOnce = true, DropCode = 410 })) world.Executor.RunUntil(world.Now + 1_000_000);
        world.Executor.RunUntil(world.Now + 6 * 60_000_000L);
        world.Client.Watch(new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = from }, probe.Ref);
        world.Executor.RunUntil(world.Now + 1_000_000);
        Assert.Equal([410, 410], probe.Heard.Select(heard => heard.Message).OfType<WatchClosed>().Select(closed => closed.Code));
        streams.Check(healed: true);
        Assert.Null(world.Violation);
    }

    private static Violation? Run(string mistake, string? labels, string? fields)
    {
        var (world, probe, streams) = Started(mistake);
        var from = probe.Ask(ApiCall.Create(Map("other", "green"))).ResourceVersion!;
        world.Client.Watch(new WatchCall { Kind = Kinds.ConfigMap, Namespace = "default", ResourceVersion = from, LabelSelector = labels, FieldSelector = fields }, probe.Ref);
        probe.Ask(ApiCall.Create(Map("a", "blue")));
        foreach (var (number, color) in ((int, string)[])[(1, "red"), (2, "red"), (3, "blue"), (4, "red")]) probe.Ask(Paint("a", color, number));
        probe.Ask(Paint("other", "black", 5));
        probe.Ask(ApiCall.Delete(Kinds.ConfigMap, "default", "a"));
        world.Executor.RunUntil(world.Now + 10_000_000);
        streams.Check(healed: true);
        return world.Violation;
    }

    private static (SimulatedWorld World, Probe Probe, WatchStreams Streams) Started(string mistake)
    {
        var composition = new Composition
        {
            Actors = (_, _, props) => props.Type != typeof(WatchHub) ? props : FilteredActor.PropsFor(props, () => (_, message, deliver) => deliver(
                message is WatchHub.Command.Open { Request: { Filter.Predicate: not null } request } open
                    ? open with { Request = request with { Sink = new WrongSink(request.Sink, mistake), Filter = mistake == "an object outside is told of" ? request.Filter with { Predicate = null } : request.Filter } }
                    : message)),
        };
        var world = new SimulatedWorld(new WorldOptions { Nodes = 1, Composition = composition }, 7);
        var streams = new WatchStreams();
        streams.Attach(world);
        world.Start();
        Assert.True(world.Executor.RunUntil(10_000_000, () => world.ControlPlane.IsBootstrapped));
        world.Executor.RunUntil(world.Now + 3_000_000);
        return (world, new Probe(world), streams);
    }

    private static ConfigMap Map(string name, string color) =>
        new() { Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["color"] = color } }, Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["n"] = "0" } };

    private static ApiCall Paint(string name, string color, int number) => ApiCall.MergePatch(
        Kinds.ConfigMap, "default", name, Encoding.UTF8.GetBytes($$$$"""{"metadata":{"labels":{"color":"{{{{color}}}}"},"annotations":{"painted":"{{{{number}}}}"}}}"""));

    private sealed class WrongSink(IWatchSink inner, string mistake) : IWatchSink
    {
        public bool IsFull => inner.IsFull;

        public void Deliver(WatchDelivery delivery)
        {
            switch (mistake, delivery.Type)
            {
                case ("an object that enters is MODIFIED", WatchEventType.Added):
                case ("an object that leaves is MODIFIED", WatchEventType.Deleted):
                    inner.Deliver(delivery with { Type = WatchEventType.Modified });
                    break;
                case ("an object that stays is ADDED", WatchEventType.Modified):
                    inner.Deliver(delivery with { Type = WatchEventType.Added });
                    break;
                case ("an object that enters is left out", WatchEventType.Added):
                case ("an object that stays is left out", WatchEventType.Modified):
                case ("an object that leaves is left out", WatchEventType.Deleted) when !_left:
                    _left = true;
                    break;
                case ("the last event is left out", WatchEventType.Deleted) when _left:
                    break;
                case ("410 for nothing", WatchEventType.Modified):
                    inner.Close(410, "too old resource version");
                    break;
                default:
                    _left |= delivery.Type == WatchEventType.Deleted;
                    inner.Deliver(delivery);
                    break;
            }
        }

        public void Close(int code, string message) => inner.Close(code, message);

        private bool _left;
    }
}
