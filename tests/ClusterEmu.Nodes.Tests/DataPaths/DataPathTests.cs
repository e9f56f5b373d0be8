using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public class DataPathTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly IpPort Server = new(Ip.Parse("172.17.0.6"), 8080);
    private static readonly IpPort ClusterIp = new(Ip.Parse("10.96.0.9"), 80);

    private sealed class Listener : IInboundListener
    {
        public IpProtocol Protocol => IpProtocol.Tcp;
        public string Owner => "pod/default/web-a";

        public void Accept(InboundConnection connection) => throw new InvalidOperationException("No connection was opened.");

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) =>
            throw new InvalidOperationException("No datagram was sent.");
    }

    private readonly NodeTable _table;
    private readonly IActorRef _path;

    public DataPathTests()
    {
        var facts = NodeFactsReader.Read(new Node
        {
            Metadata = new ObjectMeta { Name = "node-1" },
            Spec = new NodeSpec { PodCIDRs = ["172.17.0.0/24"] },
            Status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = "172.18.0.2" }] },
        }, new AddressPlan(), ProxyMode.Iptables);
        _table = new NodeTable(new TableFeed(), facts);
        _path = Sys.ActorOf(DataPath.PropsFor(_table, new KubeProxyOptions()));
    }

    private void Publish(string externalTrafficPolicy, params string[] endpoints)
    {
        var service = new Service
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
            Spec = new ServiceSpec
            {
                Type = "NodePort",
                ClusterIP = "10.96.0.9",
                ExternalTrafficPolicy = externalTrafficPolicy,
                Ports = [new ServicePort { Port = 80, NodePort = 30080 }],
            },
        };
        var slice = new EndpointSlice
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web-1", Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = "web" } },
            AddressType = "IPv4",
            Ports = [new EndpointSlicePort { Port = 8080 }],
            Endpoints = [.. endpoints.Select(ip => new Endpoint { Addresses = [ip], NodeName = ip.StartsWith("172.17.0.", StringComparison.Ordinal) ? "node-1" : "node-2" })],
        };
        _table.Publish(new PublishedTable(TableCompiler.CompileAll([service], [slice]), 0));
        _path.Tell(KubeProxy.TableSynced.Instance);
    }

    private FlowVerdict Open(IpPort to, FlowOrigin origin = FlowOrigin.LocalPod, string from = "172.17.0.5", bool trace = false)
    {
        _path.Tell(new OpenFlow(origin, new Flow(IpProtocol.Tcp, new IpPort(Ip.Parse(from), 40000), to), trace, "tag"), TestActor);
        var verdict = ExpectMsg<FlowVerdict>(Patience);
        Assert.Equal("tag", verdict.Tag);
        return verdict;
    }

    [Fact]
    public void Pod_IsUnreachable_ThenRefuses_ThenServes_ThenIsUnreachableAgain()
    {
        var listener = new Listener();
        Assert.Equal(FlowAction.Unreachable, Open(Server).Action);
        _path.Tell(new AddPod(Server.Ip, "pod/default/web-a"));
        Assert.Equal(FlowAction.Reject, Open(Server).Action);
        _path.Tell(new AddListener(Server, listener));
        var served = Open(Server);
        Assert.Equal((FlowAction.Deliver, "", 0), (served.Action, served.Reason, served.Hops.Count));
        Assert.Same(listener, served.Listener);
        _path.Tell(new RemoveListener(Server, new Listener())); // Not the one that has the port.
        Assert.Equal(FlowAction.Deliver, Open(Server).Action);
        _path.Tell(new RemovePod(Server.Ip));
        Assert.Equal(FlowAction.Unreachable, Open(Server).Action);
    }

    [Fact]
    public void ClusterIp_FollowsThePublishedTable_WithoutAskingAnybody()
    {
        Assert.Equal(FlowAction.Drop, Open(ClusterIp).Action);
        Publish("Cluster");
        var refused = Open(ClusterIp);
        Assert.Equal(FlowAction.Reject, refused.Action);
        Assert.Contains("has no endpoints", refused.Reason);
        Publish("Cluster", "172.17.1.6");
        var sent = Open(ClusterIp, trace: true);
        Assert.Equal((FlowAction.Forward, "172.17.1.6:8080"), (sent.Action, sent.Translated.Destination.ToString()));
        Assert.Equal(["dnat", "forward"], sent.Hops.Select(h => h.What));
        Assert.Equal(2, sent.TableRevision);
    }

    [Fact]
    public void Node_SwitchedOff_DropsAll_AndForgetsItsPods()
    {
        _path.Tell(new AddPod(Server.Ip, "pod/default/web-a"));
        _path.Tell(new AddListener(Server, new Listener()));
        Publish("Cluster", "172.17.0.6");
        _path.Tell(new DataPath.Command.SwitchPower(false));
        var lost = Open(Server, trace: true);
        Assert.Equal(FlowAction.Drop, lost.Action);
        Assert.Contains("switched off", lost.Reason);
        Assert.Equal("drop", Assert.Single(lost.Hops).What);
        _path.Tell(new DataPath.Command.SwitchPower(true));
        Assert.Equal(FlowAction.Unreachable, Open(Server).Action);
    }

    [Fact]
    public void Restart_LeavesANodeOff()
    {
        _path.Tell(new DataPath.Command.SwitchPower(false));
        _path.Tell(new FastRequest { Source = Server, Destination = Server }); // It fails on this.
        Assert.Equal(FlowAction.Drop, Open(Server).Action);
    }

    [Fact]
    public void PortStates_AreToldWhole_AndOnlyWhenTheyChange()
    {
        var watcher = CreateTestProbe();
        _path.Tell(new WatchPortStates(watcher.Ref));
        Assert.Empty(watcher.ExpectMsg<PortStatesFrame>(Patience).Ports);
        Publish("Cluster");
        Assert.Equal([new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Reject)], watcher.ExpectMsg<PortStatesFrame>(Patience).Ports);
        Publish("Cluster"); // Nothing new: nobody is told.
        Publish("Cluster", "172.17.1.6");
        Assert.Equal([new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Forward)], watcher.ExpectMsg<PortStatesFrame>(Patience).Ports);
        Publish("Local", "172.17.1.6");
        Assert.Equal([new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Drop)], watcher.ExpectMsg<PortStatesFrame>(Patience).Ports);
        _path.Tell(new AddListener(new IpPort(Ip.Parse("172.18.0.2"), 9100), new Listener()));
        Assert.Equal(
            [new WirePort(IpProtocol.Tcp, 9100, WirePortAction.Deliver), new WirePort(IpProtocol.Tcp, 30080, WirePortAction.Drop)],
            watcher.ExpectMsg<PortStatesFrame>(Patience).Ports);
        _path.Tell(new DataPath.Command.SwitchPower(false));
        var off = watcher.ExpectMsg<PortStatesFrame>(Patience);
        Assert.False(off.Alive);
        Assert.Empty(off.Ports);
    }

    [Fact]
    public void Restart_KeepsWhoListensAndWhoWatches()
    {
        var watcher = CreateTestProbe();
        _path.Tell(new WatchPortStates(watcher.Ref));
        watcher.ExpectMsg<PortStatesFrame>(Patience);
        _path.Tell(new AddPod(Server.Ip, "pod/default/web-a"));
        _path.Tell(new AddListener(Server, new Listener()));
        _path.Tell(new AddListener(Server, null!)); // It fails on this.
        Assert.Equal(FlowAction.Deliver, Open(Server).Action);
        Publish("Cluster");
        Assert.Single(watcher.ExpectMsg<PortStatesFrame>(Patience).Ports);
    }
}
