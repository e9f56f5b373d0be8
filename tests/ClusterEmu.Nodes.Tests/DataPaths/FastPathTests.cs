using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public sealed class FastPathTests : IDisposable
{
    private static readonly IpPort Client = new(Ip.Parse("172.17.0.9"), 40000);
    private static readonly IpPort ClusterIp = new(Ip.Parse("10.96.0.9"), 80);
    private readonly ManualTime _time = new(1);
    private readonly ActorSystem _system;
    private readonly FastWorld _world;

    public FastPathTests()
    {
        _system = _time.StartSystem();
        _world = new FastWorld(_system, ProxyMode.Iptables);
        _world.AddPod("172.17.0.5", true);
        _world.AddPod("172.17.1.5", true);
        _world.AddPod("172.17.1.6", false);
    }

    public void Dispose() => _system.Dispose();

    private void Publish(params string[] endpoints)
    {
        var service = new Service
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
            Spec = new ServiceSpec { Type = "NodePort", ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.9"], Ports = [new ServicePort { Port = 80, NodePort = 30080, Protocol = "TCP" }] },
        };
        var slice = new EndpointSlice
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web-1", Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = "web" } },
            AddressType = "IPv4",
            Ports = [new EndpointSlicePort { Port = 8080, Protocol = "TCP" }],
            Endpoints = [.. endpoints.Select(ip => new Endpoint { Addresses = [ip], NodeName = $"node-{int.Parse(ip.Split('.')[2]) + 1}" })],
        };
        _world.Publish(TableCompiler.CompileAll([service], [slice]));
    }

    private static FastRequest To(IpPort destination) => new() { From = "node-1", Source = Client, Destination = destination };

    [Theory]
    [InlineData("172.17.0.5", 1)]
    [InlineData("172.17.1.5", 2)]
    public async Task ClusterIp_IsAnsweredByItsEndpoint_WhichSeesTheClient(string endpoint, int passes)
    {
        Publish(endpoint);
        var request = await _world.AskAsync(To(ClusterIp));
        Assert.Equal((FastOutcome.Answered, 200, $"pod/default/{endpoint}"), (request.Outcome, request.Status, request.ServerName));
        Assert.Equal(($"pod/default/{endpoint} served {Client}", passes, 2), (request.Body, request.Passes, request.TableRevision));
        Assert.Equal($"{endpoint}:8080", request.Flow.Destination.ToString());
        Assert.Equal((request.Body.Length, 0L), (request.AnswerBytes, request.WaitedMicroseconds));
        Assert.Empty(request.Hops);
    }

    [Theory]
    [InlineData("10.96.0.9:80", FastOutcome.Refused, DecisionCause.NoEndpoints, "has no endpoints")]
    [InlineData("10.96.0.8:80", FastOutcome.Dropped, DecisionCause.NoRule, "no rule of node-1")]
    [InlineData("172.17.1.6:8080", FastOutcome.Refused, DecisionCause.PortClosed, "Nothing listens on TCP 172.17.1.6:8080")]
    [InlineData("172.17.1.7:8080", FastOutcome.Unreachable, DecisionCause.NoSuchPod, "No Pod on node-2")]
    [InlineData("172.17.9.1:80", FastOutcome.Dropped, DecisionCause.Routed, "in no node's part of it")]
    [InlineData("172.17.3.5:8080", FastOutcome.Unsupported, DecisionCause.Routed, "Node node-4 runs in process other")]
    [InlineData("172.18.0.1:6443", FastOutcome.Unsupported, DecisionCause.Routed, "is the control plane")]
    [InlineData("203.0.113.10:80", FastOutcome.Unsupported, DecisionCause.Routed, "is outside the cluster")]
    public async Task NoAnswer_SaysWhatBecameOfTheRequest(string destination, FastOutcome outcome, DecisionCause cause, string reason)
    {
        Publish();
        var parts = destination.Split(':');
        var request = To(new IpPort(Ip.Parse(parts[0]), int.Parse(parts[1])));
        request.Trace = true;
        await _world.AskAsync(request);
        Assert.Equal((outcome, cause, 0, ""), (request.Outcome, request.Cause, request.Status, request.ServerName));
        Assert.Contains(reason, request.Reason);
        Assert.Equal(outcome == FastOutcome.Dropped ? request.TimeoutMicroseconds : 0, request.WaitedMicroseconds);
        // Without a trace no words are made, but for what is no matter of the network.
        request.Trace = false;
        await _world.AskAsync(request);
        Assert.Equal((outcome, cause, outcome == FastOutcome.Unsupported), (request.Outcome, request.Cause, request.Reason.Length > 0));
        Assert.Empty(request.Hops);
    }

    [Fact]
    public async Task Listener_OfConnectionsOnly_IsUnsupported()
    {
        var only = new ConnectionsOnly();
        _world.Path(2).Tell(new AddListener(new IpPort(Ip.Parse("172.17.1.6"), 53), only));
        var request = await _world.AskAsync(To(new IpPort(Ip.Parse("172.17.1.6"), 53)));
        Assert.Equal((FastOutcome.Unsupported, "pod/default/dns takes connections only. Dial one instead."), (request.Outcome, request.Reason));
    }

    [Fact]
    public async Task Node_SwitchedOffOrGone_LosesRequests()
    {
        Publish("172.17.1.5");
        _world.Path(2).Tell(new DataPath.Command.SwitchPower(false));
        var request = To(ClusterIp);
        request.Trace = true;
        await _world.AskAsync(request);
        Assert.Equal(FastOutcome.Dropped, request.Outcome);
        Assert.Contains("Node node-2 is switched off", request.Reason);
        Assert.Equal(["dnat", "forward", "drop"], request.Hops.Select(hop => hop.What));
        _world.Disconnect(1);
        await _world.AskAsync(request);
        Assert.Equal((FastOutcome.Dropped, 0), (request.Outcome, request.Passes));
        Assert.Contains("Node node-1 does not run in this process", request.Reason);
        request.From = "";
        Assert.Equal(FastOutcome.Unsupported, (await _world.AskAsync(request)).Outcome);
    }

    [Fact]
    public async Task Request_IsUsedAgain_AndRemembersNothing()
    {
        Publish("172.17.1.5");
        var request = To(ClusterIp);
        request.Trace = true;
        await _world.AskAsync(request);
        Assert.Equal(["dnat", "forward", "deliver"], request.Hops.Select(hop => hop.What));
        request.Path = "/nothing";
        Assert.Equal(404, (await _world.AskAsync(request)).Status);
        Assert.Equal(3, request.Hops.Count);
        request.Destination = new IpPort(Ip.Parse("10.96.0.8"), 80);
        await _world.AskAsync(request);
        Assert.Equal((FastOutcome.Dropped, 0, "", "", 1), (request.Outcome, request.Status, request.Body, request.ServerName, request.Passes));
    }

    [Fact]
    public async Task NodePort_OfAnotherNode_IsTranslatedTwice_AndTimesCountFromSending()
    {
        Publish("172.17.1.5");
        _time.Advance(1000);
        var request = new FastRequest
        {
            From = "node-1",
            Source = Client,
            Destination = new IpPort(Ip.Parse("127.18.0.4"), 30080),
            Trace = true,
            SentAtMicroseconds = 400,
        };
        await _world.AskAsync(request);
        Assert.Equal(FastOutcome.Answered, request.Outcome);
        Assert.Equal(["snat", "forward", "dnat", "dnat", "snat", "forward", "deliver"], request.Hops.Select(hop => hop.What));
        Assert.Equal((FastWorld.NodeIp(3), 3), (request.Flow.Source.Ip, request.Passes));
        Assert.All(request.Hops, hop => Assert.Equal(600, hop.AtMicroseconds));
    }

    [Fact]
    public async Task Requests_LeaveNothingInConntrack()
    {
        Publish("172.17.1.5");
        var small = new FastWorld(_system, ProxyMode.Iptables, 1);
        small.AddPod("172.17.1.5", true);
        small.Publish(_world.RootOf(1));
        for (var i = 0; i < 5; i++)
        {
            var request = To(ClusterIp);
            request.Source = Client with { Port = 40000 + i };
            Assert.Equal(FastOutcome.Answered, (await small.AskAsync(request)).Outcome);
        }
        // One that lasts takes the only place.
        small.Path(1).Tell(new OpenFlow(FlowOrigin.LocalPod, new Flow(IpProtocol.Tcp, Client, ClusterIp), false), ActorRefs.Nobody);
        var full = To(ClusterIp);
        full.Source = Client with { Port = 50000 };
        Assert.Equal((FastOutcome.Dropped, DecisionCause.ConntrackFull), ((await small.AskAsync(full)).Outcome, full.Cause));
    }

    private sealed class ConnectionsOnly : IInboundListener
    {
        public IpProtocol Protocol => IpProtocol.Tcp;
        public string Owner => "pod/default/dns";

        public void Accept(InboundConnection connection) => throw new InvalidOperationException("No connection was opened.");

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) => throw new InvalidOperationException("No datagram was sent.");
    }
}
