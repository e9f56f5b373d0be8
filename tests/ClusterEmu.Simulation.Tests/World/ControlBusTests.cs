using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation.Tests;

/// <summary>What a client meets at its link to the API server.</summary>
public sealed class ControlBusTests
{
    [Fact]
    public void AServerThatIsDown_IsANoAnswerAtOnce()
    {
        var (world, probe) = Started();
        world.ControlPlane.Kill();
        var before = world.Now;
        var reply = probe.Ask(Get());
        Assert.Equal(0, reply.Code);
        Assert.False(reply.Definite);
        Assert.InRange(world.Now - before, 1, 10_000);
    }

    [Fact]
    public void ALinkThatIsCut_IsANoAnswerAfterTenSeconds_AndWorksOnceItHeals()
    {
        var (world, probe) = Started();
        var before = world.Now;
        using (world.Links.Add(Cut("client")))
        {
            Assert.Equal(0, probe.Ask(Get()).Code);
            Assert.Equal(10_000_000, world.Now - before);
        }
        Assert.Equal(200, probe.Ask(Get()).Code);
    }

    [Fact]
    public void AnAnswerThatGetsLost_SaysNothingAboutTheWrite()
    {
        var (world, probe) = Started();
        using (world.Links.Add(new LinkRule { Name = "deaf", From = ["control-plane"], To = ["client"], BothWays = false, Cut = true }))
        {
            var reply = probe.Ask(ApiCall.Create(Map("written")));
            Assert.Equal(0, reply.Code);
        }
        Assert.Equal(200, probe.Ask(ApiCall.Get(Kinds.ConfigMap, "default", "written")).Code);
    }

    [Fact]
    public void AShortCut_IsNotNoticedByAWatch_WhichMissesNothing()
    {
        var (world, probe) = Started();
        Watch(world, probe);
        using (world.Links.Add(Cut("client"))) Run(world, 3_000);
        probe.Ask(ApiCall.Create(Map("a")));
        var cut = world.Links.Add(new LinkRule { Name = "deaf", From = ["control-plane"], To = ["client"], BothWays = false, Cut = true });
        world.Client.Send(ApiCall.Create(Map("b")), probe.Ref);
        Run(world, 5_000);
        Assert.Equal(["Added a"], Seen(probe));
        cut.Dispose();
        Run(world, 5_000);
        Assert.Equal(["Added a", "Added b"], Seen(probe));
    }

    [Fact]
    public void ALongCut_BreaksAWatch_AndTheServerForgetsItOnceTheLinkHeals()
    {
        var (world, probe) = Started();
        Watch(world, probe);
        using (world.Links.Add(Cut("client"))) Run(world, 30_000);
        Assert.Equal(["Closed 0"], Seen(probe));
        probe.Ask(ApiCall.Create(Map("a")));
        Run(world, 10_000);
        Assert.Equal(["Closed 0"], Seen(probe));
    }

    [Fact]
    public void AKilledServer_ClosesWatchesAndRequests_AndItsNextLifeKnowsWhatWasAcknowledged()
    {
        var (world, probe) = Started();
        Watch(world, probe);
        probe.Ask(ApiCall.Create(Map("a")));
        var stall = world.ControlPlane.Journal.Add(new JournalFault { Name = "stall", Stalls = true });
        world.Client.Send(ApiCall.Create(Map("b")), probe.Ref);
        Run(world, 10);
        world.ControlPlane.Kill();
        Run(world, 10);
        Assert.Equal(["Added a", "Closed 0"], Seen(probe));
        Assert.Equal(0, probe.Replies[^1].Code);
        stall.Dispose();
        world.ControlPlane.Start();
        Run(world, 100);
        Assert.Equal(200, probe.Ask(ApiCall.Get(Kinds.ConfigMap, "default", "a")).Code);
    }

    [Fact]
    public void AServerThatStillReadsItsStore_RefusesReads()
    {
        var (world, probe) = Started();
        world.ControlPlane.Kill();
        using (world.ControlPlane.Journal.Add(new JournalFault { Name = "stall", Stalls = true }))
        {
            world.ControlPlane.Start();
            Run(world, 1_000);
            Assert.Equal(503, probe.Ask(ApiCall.List(Kinds.Namespace)).Code);
        }
        Run(world, 100);
        Assert.NotEmpty(probe.Ask(ApiCall.List(Kinds.Namespace)).Items!);
    }

    [Fact]
    public void ADiskThatFailsAtTheFirstStart_DelaysTheClustersOwnObjects_ButDoesNotPreventThem()
    {
        var world = new SimulatedWorld(new WorldOptions { Nodes = 1 }, 7);
        var probe = new Probe(world);
        using (world.ControlPlane.Journal.Add(new JournalFault { Name = "fails", FailPerMillion = 1_000_000 }))
        {
            world.Start();
            Run(world, 2_000);
            Assert.True(probe.Ask(Get()).NotFound);
        }
        Run(world, 30_000);
        Assert.Equal(200, probe.Ask(Get()).Code);
        Assert.Equal(200, probe.Ask(ApiCall.Get(Kinds.Service, "kube-system", "kube-dns")).Code);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public void AnInjectedError_MeansThatNothingWasDone(int code)
    {
        var (world, probe) = Started();
        using (world.ApiFaults.Add(new ApiFault { Name = "e", ErrorPerMillion = 1_000_000, Codes = [code], WritesOnly = true }))
            Assert.Equal(code, probe.Ask(ApiCall.Create(Map("a"))).Code);
        Assert.True(probe.Ask(ApiCall.Get(Kinds.ConfigMap, "default", "a")).NotFound);
    }

    [Fact]
    public void AnInjectedTimeOut_LeavesOpenWhetherItWasDone()
    {
        var (world, probe) = Started();
        var names = Enumerable.Range(0, 20).Select(number => $"m{number}").ToList();
        using (world.ApiFaults.Add(new ApiFault { Name = "e", ErrorPerMillion = 1_000_000, Codes = [504], WritesOnly = true }))
            foreach (var name in names) Assert.Equal(504, probe.Ask(ApiCall.Create(Map(name))).Code);
        var there = names.Count(name => probe.Ask(ApiCall.Get(Kinds.ConfigMap, "default", name)).Ok);
        Assert.InRange(there, 1, 19);
    }

    [Fact]
    public void LostLeases_AreRefusedForTheirSiteAlone()
    {
        var (world, probe) = Started();
        using var fault = world.ApiFaults.Add(ApiFault.LeaseLoss("l", "client"));
        var lease = new Lease { Metadata = new ObjectMeta { Name = "mine", Namespace = "default" } };
        Assert.Equal(503, probe.Ask(ApiCall.Create(lease)).Code);
        Assert.Equal(201, probe.Ask(ApiCall.Create(Map("a"))).Code);
    }

    [Fact]
    public void AStalledWatch_FillsItsBuffer_AndMissesNothing()
    {
        var (world, probe) = Started(new WorldOptions { WatchBuffer = 4 });
        Watch(world, probe);
        var names = Enumerable.Range(0, 30).Select(number => $"m{number:00}").ToList();
        using (world.ApiFaults.Add(new ApiFault { Name = "s", StallWatches = true, Clients = ["client"] }))
        {
            foreach (var name in names) probe.Ask(ApiCall.Create(Map(name)));
            Assert.Empty(Seen(probe));
        }
        Run(world, 5_000);
        Assert.Equal(names.Select(name => $"Added {name}"), Seen(probe));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(410)]
    public void ADroppedWatch_Ends(int code)
    {
        var (world, probe) = Started();
        Watch(world, probe);
        Run(world, 100);
        using (world.ApiFaults.Add(new ApiFault { Name = "d", DropAtOnce = true, DropCode = code, Resources = ["configmaps"] })) Run(world, 100);
        Assert.Equal([$"Closed {code}"], Seen(probe));
    }

    private static (SimulatedWorld World, Probe Probe) Started(WorldOptions? options = null)
    {
        var world = new SimulatedWorld(options ?? new WorldOptions { Nodes = 1 }, 7);
        world.Start();
        Assert.True(world.Executor.RunUntil(10_000_000, () => world.ControlPlane.IsBootstrapped));
        Run(world, 3_000);
        return (world, new Probe(world));
    }

    private static void Run(SimulatedWorld world, long milliseconds) => world.Executor.RunUntil(world.Now + (milliseconds * 1000));

    private static void Watch(SimulatedWorld world, Probe probe)
    {
        var from = probe.Ask(ApiCall.List(Kinds.ConfigMap, "default")).ResourceVersion!;
        world.Client.Watch(new WatchCall { Kind = Kinds.ConfigMap, Namespace = "default", ResourceVersion = from }, probe.Ref);
        Run(world, 10);
    }

    private static LinkRule Cut(string site) => new() { Name = "cut", From = [site], Cut = true };

    private static ApiCall Get() => ApiCall.Get(Kinds.Namespace, null, "default");

    private static ConfigMap Map(string name) => new() { Metadata = new ObjectMeta { Name = name, Namespace = "default" } };

    private static IReadOnlyList<string> Seen(Probe probe) => [.. probe.Heard.Select(heard => heard.Message switch
    {
        WatchEvent { Type: not WatchEventType.Bookmark } seen => $"{seen.Type} {seen.Object!.Metadata.Name}",
        WatchClosed closed => $"Closed {closed.Code}",
        _ => "",
    }).Where(text => text.Length > 0)];
}
