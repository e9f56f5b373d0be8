using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public sealed class NodeHostTests : TestKit
{
    private readonly TestProbe _events;
    private readonly TestProbe _dispatcher;
    private readonly NodePower _power = new();
    private IActorRef _dataPath = ActorRefs.Nobody;

    public NodeHostTests() : base("akka.test.single-expect-default = 20s")
    {
        _events = CreateTestProbe("events");
        _dispatcher = CreateTestProbe("dispatcher");
    }

    private sealed class Cable(NodeHostTests test) : INodeSwitch
    {
        public void Connect(string node, IActorRef dataPath)
        {
            test._dataPath = dataPath;
            test._events.Ref.Tell($"connect {node}");
        }

        public void Disconnect(string node) => test._events.Ref.Tell($"disconnect {node}");

        public void Cut(string node) => test._events.Ref.Tell($"cut {node}");

        public void Restore(string node) => test._events.Ref.Tell($"restore {node}");
    }

    /// <summary>Tells the probe of its beginning and end.</summary>
    private sealed class Part : ReceiveActor
    {
        private readonly IActorRef _probe;

        public Part(IActorRef probe)
        {
            _probe = probe;
            Receive<string>(_ => { Context.Stop(Self); });
        }

        protected override void PreStart() => _probe.Tell("+kubelet");

        protected override void PostStop() => _probe.Tell("-kubelet");
    }

    private static Node Node(string power) => new()
    {
        Metadata = new ObjectMeta { Name = "node-1", Annotations = power.Length == 0 ? EmptyMap.Strings : new Dictionary<string, string> { ["clusteremu.io/power"] = power } },
        Spec = new NodeSpec { PodCIDR = "172.17.0.0/24", PodCIDRs = ["172.17.0.0/24"] },
    };

    private IActorRef StartHost()
    {
        var network = ProcessNetwork.Create(Sys, CreateTestProbe("hub").Ref, new AddressPlan(), new KubeProxyOptions());
        var log = _events.Ref;
        Props Recipe(IActorRef dataPath) => Props.Create(() => new Part(log));
        var host = Sys.ActorOf(NodeHost.PropsFor(new NodeHostParts(KubeletTests.Settings, network, Recipe, new Cable(this), _power, _dispatcher.Ref)));
        _events.ExpectMsg("connect node-1");
        return host;
    }

    private FlowVerdict SendToClosedPort()
    {
        var flow = new Flow(IpProtocol.Tcp, new IpPort(Ip.Parse("172.18.0.9"), 40000), new IpPort(Ip.Parse("172.18.0.2"), 81));
        _dataPath.Tell(new OpenFlow(FlowOrigin.Wire, flow, false), TestActor);
        return ExpectMsg<FlowVerdict>();
    }

    [Fact]
    public void Power_StartsAndStopsAllOfTheMachine()
    {
        var host = StartHost();
        Assert.Equal("node-1", _dispatcher.ExpectMsg<PodDispatcher.Command.Join>().Node);
        _events.ExpectNoMsg(TimeSpan.FromMilliseconds(100));

        host.Tell(new PodDispatcher.NodeListed(null, []));
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
        Assert.False(_power.IsOff);
        Assert.Equal(FlowAction.Reject, SendToClosedPort().Action);
        host.Tell(new PodDispatcher.NodeSeen(Node("")));
        _events.ExpectNoMsg(TimeSpan.FromMilliseconds(100));

        host.Tell(new PodDispatcher.NodeSeen(Node("off")));
        _events.ExpectMsg("cut node-1"); // Before anything could say farewell.
        _events.ExpectMsg("-kubelet");
        Assert.True(_power.IsOff);
        Assert.Equal(FlowAction.Drop, SendToClosedPort().Action);
        host.Tell(new NodeHost.Command.ReadNetwork(), TestActor);
        Assert.False(ExpectMsg<NodeHost.NetworkRead>().On);

        host.Tell(new PodDispatcher.NodeSeen(Node("")));
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
        Assert.False(_power.IsOff);
        Assert.Equal(FlowAction.Reject, SendToClosedPort().Action);
    }

    [Fact]
    public void ANodeThatIsOff_StaysOffWhenItsProcessStarts()
    {
        var host = StartHost();
        host.Tell(new PodDispatcher.NodeListed(Node("off"), []));
        _events.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        host.Tell(new PodDispatcher.NodeSeen(Node("")));
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
    }

    [Fact]
    public void AFlickeringSwitch_LetsTheOldMachineEndFirst()
    {
        var host = StartHost();
        host.Tell(new PodDispatcher.NodeListed(Node(""), []));
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
        host.Tell(new PodDispatcher.NodeSeen(Node("off")));
        host.Tell(new PodDispatcher.NodeSeen(Node("")));
        _events.ExpectMsg("cut node-1"); // Before anything could say farewell.
        _events.ExpectMsg("-kubelet");
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
    }

    [Fact]
    public void APartThatEnds_IsStartedAgain_WhileThereIsPower()
    {
        var host = StartHost();
        host.Tell(new PodDispatcher.NodeListed(Node(""), []));
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
        Sys.ActorSelection(host.Path / "kubelet-1").Tell("end");
        _events.ExpectMsg("-kubelet");
        _events.ExpectMsg("+kubelet");
        host.Tell(new PodDispatcher.NodeSeen(Node("off")));
        _events.ExpectMsg("cut node-1");
        _events.ExpectMsg("-kubelet");
    }

    [Fact]
    public void TheRules_GoWithThePower()
    {
        var host = StartHost();
        host.Tell(new PodDispatcher.NodeListed(Node(""), []));
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
        host.Tell(new NodeHost.Command.ReadNetwork(), TestActor);
        var table = ExpectMsg<NodeHost.NetworkRead>().Table;
        var published = new PublishedTable(TableCompiler.CompileAll([new Service { Metadata = new ObjectMeta { Namespace = "default", Name = "web" } }], []), 1);
        table.Publish(published);
        host.Tell(new PodDispatcher.NodeSeen(Node("off")));
        _events.ExpectMsg("cut node-1");
        _events.ExpectMsg("-kubelet");
        table.Publish(published); // By a kube-proxy that had not ended yet.
        host.Tell(new PodDispatcher.NodeSeen(Node("")));
        _events.ExpectMsg("restore node-1");
        _events.ExpectMsg("+kubelet");
        Assert.Same(PublishedTable.None, table.Published);
    }

    [Fact]
    public void ANodeThatIsOffFromTheStart_DropsWhatComes()
    {
        StartHost().Tell(new PodDispatcher.NodeListed(Node("off"), []));
        AwaitAssert(() => Assert.Equal(FlowAction.Drop, SendToClosedPort().Action), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void TheEndOfTheHost_TakesTheNodeOffTheNetwork()
    {
        Sys.Stop(StartHost());
        _events.ExpectMsg("disconnect node-1");
    }
}
