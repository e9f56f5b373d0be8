using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public class KubeProxyTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static Service Web(string version) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web", ResourceVersion = version },
        Spec = new ServiceSpec { Type = "ClusterIP", ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.9"], Ports = [new ServicePort { Port = 80 }] },
    };

    private static Node Node(string? delay = null) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = "node-1",
            Annotations = delay is null ? EmptyMap.Strings : new Dictionary<string, string> { [Registration.KubeProxyDelayAnnotation] = delay },
        },
    };

    private readonly TestProbe _dataPath;
    private readonly TableFeed _feed = new();
    private readonly IActorRef _source;

    public KubeProxyTests()
    {
        var informers = CreateTestProbe();
        _dataPath = CreateTestProbe();
        _source = Sys.ActorOf(TableSource.PropsFor(informers.Ref, _feed));
        Assert.Equal(Kinds.Service, informers.ExpectMsg<SubscribeInformer>(Patience).Kind);
        Assert.Equal(Kinds.EndpointSlice, informers.ExpectMsg<SubscribeInformer>(Patience).Kind);
    }

    private (NodeTable Table, IActorRef Proxy) StartProxy(KubeProxyOptions options, string? delay = null)
    {
        var table = new NodeTable(_feed, NodeFactsReader.Read(Node(), new AddressPlan(), ProxyMode.Iptables));
        return (table, Sys.ActorOf(KubeProxy.PropsFor(Node(delay), table, _source, _dataPath.Ref, options)));
    }

    private void Lists()
    {
        _source.Tell(new InformerSynced(Kinds.Service, [Web("1")], "1"));
        _source.Tell(new InformerSynced(Kinds.EndpointSlice, [], "1"));
    }

    private void Change(string version) =>
        _source.Tell(new InformerChanged(Kinds.Service, WatchEventType.Modified, Web(version), null, version));

    [Fact]
    public void Nothing_IsPublished_BeforeBothListsAreThere()
    {
        var waiter = CreateTestProbe();
        _source.Tell(new TableSource.Command.AwaitNewer(0), waiter.Ref);
        _source.Tell(new InformerSynced(Kinds.Service, [Web("1")], "1"));
        _source.Tell(new Identify(1), waiter.Ref);
        waiter.ExpectMsg<ActorIdentity>(Patience); // Not a table.
        _source.Tell(new InformerSynced(Kinds.EndpointSlice, [], "1"));
        Assert.Equal(1, waiter.ExpectMsg<TableSource.NewerTable>(Patience).Table.Root.Services.Count);
    }

    [Fact]
    public void WhoWaits_IsToldOnce_AndWhoIsBehind_AtOnce()
    {
        Lists();
        var waiter = CreateTestProbe();
        _source.Tell(new TableSource.Command.AwaitNewer(0), waiter.Ref);
        var first = waiter.ExpectMsg<TableSource.NewerTable>(Patience).Table.Root.Revision;
        Change("2");
        Change("3");
        _source.Tell(new TableSource.Command.AwaitNewer(first), waiter.Ref);
        Assert.Equal("3", waiter.ExpectMsg<TableSource.NewerTable>(Patience).Table.Root.ServicesVersion);
    }

    [Fact]
    public void Proxy_SyncsAChangeAtOnce_AndThePathHearsOfIt()
    {
        var (table, _) = StartProxy(new KubeProxyOptions { MinSyncPeriod = TimeSpan.FromHours(1), StartSyncs = 0 });
        Lists();
        _dataPath.ExpectMsg<KubeProxy.TableSynced>(Patience);
        Assert.Equal(10256, _dataPath.ExpectMsg<AddListener>(Patience).Address.Port);
        Change("2");
        _dataPath.ExpectMsg<KubeProxy.TableSynced>(Patience);
        Assert.Equal("2", table.Published.Root.ServicesVersion);
        Assert.Equal(TimeSpan.Zero, table.LagAt(1_000_000_000_000));
        Change("3"); // The burst of two is used up: this one waits for an hour.
        AwaitCondition(() => _feed.Newest.Root.ServicesVersion == "3", Patience);
        Assert.Equal("2", table.Published.Root.ServicesVersion);
        Assert.True(table.LagAt(1_000_000_000_000) > TimeSpan.Zero);
        var view = table.View(1_000_000_000_000, service: null);
        Assert.Equal(("node-1", view.NewestRevision - 1, "default/web"), (view.Node, view.Revision, view.Services[0].Service));
        Assert.True(view is { AgeMs: > 0, LagMs: > 0 });
    }

    [Fact]
    public void Proxy_TakesAlongWhatCameWhileItWaited()
    {
        var (table, _) = StartProxy(new KubeProxyOptions { MinSyncPeriod = TimeSpan.FromMilliseconds(50), BurstSyncs = 1, StartSyncs = 1 });
        Lists();
        for (var version = 2; version <= 40; version++) Change($"{version}");
        AwaitCondition(() => table.Published.Root.ServicesVersion == "40", Patience);
        Assert.Equal(table.Newest.Root.Revision, table.Published.Root.Revision);
    }

    [Fact]
    public void TwoNodes_HaveTwoRevisions_WhileOneIsDelayed_AndThenOne()
    {
        var (prompt, _) = StartProxy(new KubeProxyOptions());
        var (slow, proxy) = StartProxy(new KubeProxyOptions(), delay: "1h");
        Lists();
        AwaitCondition(() => prompt.Published.Root.Services.Count == 1, Patience);
        Assert.Equal(0, slow.Published.Root.Services.Count);
        proxy.Tell(new KubeProxy.Command.ObserveNode(Node("100ms")));
        AwaitCondition(() => slow.Published.Root.Revision == prompt.Published.Root.Revision, Patience);
        Change("2");
        AwaitCondition(() => slow.Published.Root.ServicesVersion == "2", Patience);
        Assert.True(slow.Published.SyncedAt - _feed.Newest.CompiledAt >= 100_000);
        proxy.Tell(new KubeProxy.Command.ObserveNode(Node()));
        Change("3");
        AwaitCondition(() => slow.Published.Root.ServicesVersion == "3", Patience);
    }

    [Fact]
    public void Proxy_ThatFailed_KnowsTheDelayItWasToldOf_AndOpensItsHealthPortAgain()
    {
        var (table, proxy) = StartProxy(new KubeProxyOptions { MinSyncPeriod = TimeSpan.Zero });
        Lists();
        _dataPath.ExpectMsg<KubeProxy.TableSynced>(Patience);
        Assert.Equal(10256, _dataPath.ExpectMsg<AddListener>(Patience).Address.Port);
        proxy.Tell(new KubeProxy.Command.ObserveNode(Node("1h")));
        proxy.Tell(new TableSource.NewerTable(null!)); // It fails on this.
        Assert.Equal(10256, _dataPath.ExpectMsg<RemoveListener>(Patience).Address.Port);
        Assert.Equal(10256, _dataPath.ExpectMsg<AddListener>(Patience).Address.Port);
        Change("2");
        _dataPath.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.Equal("1", table.Published.Root.ServicesVersion);
        proxy.Tell(new KubeProxy.Command.ObserveNode(Node()));
        AwaitCondition(() => table.Published.Root.ServicesVersion == "2", Patience);
    }

    [Fact]
    public void Source_ThatFailed_CountsOn_AndItsProxiesGoOn()
    {
        var (table, _) = StartProxy(new KubeProxyOptions { MinSyncPeriod = TimeSpan.Zero });
        Lists();
        AwaitCondition(() => table.Published.Root.Services.Count == 1, Patience);
        var before = table.Published.Root.Revision;
        _source.Tell(new InformerSynced(Kinds.Service, null!, "bad"));
        Lists(); // As the hub does when it is asked anew.
        Change("7");
        AwaitCondition(() => table.Published.Root.ServicesVersion == "7", Patience);
        Assert.True(table.Published.Root.Revision > before);
    }
}
