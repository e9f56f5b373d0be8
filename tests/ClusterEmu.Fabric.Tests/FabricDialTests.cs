using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

public sealed class FabricDialTests
{
    public static TheoryData<bool> OneProcessOrThree => [true, false];

    [Theory, MemberData(nameof(OneProcessOrThree))]
    public async Task Dial_ReachesTheListenerAndCarriesBytesBothWays(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        var pod = FabricWorld.At("172.17.1.9:8080");
        var echo = FabricWorld.Echo("pod/default/web");
        world.Node1.Translations[FabricWorld.Service] = pod;
        world.Node2.Listeners[(IpProtocol.Tcp, pod)] = echo;

        var result = await world.DialAsync(FabricWorld.DialTo(FabricWorld.Service, trace: true));

        Assert.Equal((DialOutcome.Connected, pod, "pod/default/web"), (result.Outcome, result.Server, result.ServerName));
        Assert.InRange(result.Local.Port, 32768, 60999);
        Assert.True(echo.Accepted.TryPeek(out var inbound));
        Assert.Equal(new Flow(IpProtocol.Tcp, result.Local, pod), inbound.Flow);
        Assert.Equal(["connect", "forward", "deliver"], result.Hops.Select(hop => hop.What));
        Assert.Equal(["pod/default/client", "node/node-1", "node/node-2"], result.Hops.Select(hop => hop.At));
        Assert.Equal(result.Hops.Select(hop => hop.AtMicroseconds).Order(), result.Hops.Select(hop => hop.AtMicroseconds));

        await using var stream = Assert.IsAssignableFrom<FabricStream>(result.Connection);
        await stream.WriteAsync("hello"u8.ToArray());
        stream.CompleteWrites();
        Assert.Equal("HELLO", Encoding.ASCII.GetString(await stream.ReadToEndAsync()));
    }

    [Theory, MemberData(nameof(OneProcessOrThree))]
    public async Task CloseFlow_IsToldToEveryNodePassedWhenTheConnectionEnds(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        var pod = FabricWorld.At("172.17.1.9:8080");
        world.Node1.Translations[FabricWorld.Service] = pod;
        world.Node2.Listeners[(IpProtocol.Tcp, pod)] = FabricWorld.Echo("pod/default/web");
        var result = await world.DialAsync(FabricWorld.DialTo(FabricWorld.Service));
        Assert.Empty(world.Node1.Closed);
        await result.Connection!.DisposeAsync();
        await FabricWorld.UntilAsync(() => !world.Node1.Closed.IsEmpty && !world.Node2.Closed.IsEmpty, "both nodes hear of the end");
        Assert.Equal(FabricWorld.Service, Assert.Single(world.Node1.Closed).Original.Destination);
        Assert.Equal(pod, Assert.Single(world.Node2.Closed).Original.Destination);
    }

    [Theory]
    //         who answers  how                      what the sender sees
    [InlineData("node-1", FlowAction.Reject, DialOutcome.Refused)]
    [InlineData("node-1", FlowAction.Unreachable, DialOutcome.Unreachable)]
    [InlineData("node-1", FlowAction.Drop, DialOutcome.TimedOut)]
    [InlineData("node-2", FlowAction.Reject, DialOutcome.Refused)]
    [InlineData("node-2", FlowAction.Unreachable, DialOutcome.Unreachable)]
    [InlineData("node-2", FlowAction.Drop, DialOutcome.TimedOut)]
    public async Task Dial_TellsHowItFailed(string node, FlowAction action, DialOutcome outcome)
    {
        await using var world = FabricWorld.Create();
        var pod = FabricWorld.At("172.17.1.9:8080");
        (node == "node-1" ? world.Node1 : world.Node2).Answers[pod] = action;
        var result = await world.DialAsync(FabricWorld.DialTo(pod, trace: true), outcome == DialOutcome.TimedOut ? 1500 : 20_000);
        Assert.Equal(outcome, result.Outcome);
        Assert.Null(result.Connection);
        Assert.Equal($"{node} says {action}", result.Reason);
        Assert.Contains(result.Hops, hop => hop.At == $"node/{node}");
    }

    [Fact]
    public async Task Dial_IsSentAgainWhileItIsDropped()
    {
        await using var world = FabricWorld.Create();
        var pod = FabricWorld.At("172.17.1.9:8080");
        world.Node2.Listeners[(IpProtocol.Tcp, pod)] = FabricWorld.Echo("pod/default/web");
        world.Node2.Answers[pod] = FlowAction.Drop;
        var dialling = world.DialAsync(FabricWorld.DialTo(pod, trace: true));
        await FabricWorld.UntilAsync(() => !world.Node2.Opened.IsEmpty, "the first attempt");
        world.Node2.Answers.TryRemove(pod, out _);
        var result = await dialling;
        Assert.Equal(DialOutcome.Connected, result.Outcome);
        Assert.Contains(result.Hops, hop => hop.What == "retransmit");
        await result.Connection!.DisposeAsync();
    }

    [Fact]
    public async Task Dial_ThroughAThirdProcessIsSpliced()
    {
        // As a NodePort on node-3 whose Pod is on node-2: node-3 translates, and the bytes go through its process.
        await using var world = FabricWorld.Create();
        var (nodePort, pod) = (FabricWorld.At("172.18.0.4:30080"), FabricWorld.At("172.17.1.9:8080"));
        world.Node3.Translations[nodePort] = pod;
        world.Node3.Masquerade = Ip.Parse("172.18.0.4");
        var echo = FabricWorld.Echo("pod/default/web");
        world.Node2.Listeners[(IpProtocol.Tcp, pod)] = echo;
        var result = await world.DialAsync(FabricWorld.DialTo(nodePort, trace: true));
        Assert.Equal((DialOutcome.Connected, "pod/default/web"), (result.Outcome, result.ServerName));
        Assert.Equal(["node/node-1", "node/node-3", "node/node-2"], result.Hops.Skip(1).Select(hop => hop.At));
        Assert.True(echo.Accepted.TryPeek(out var inbound));
        Assert.Equal("172.18.0.4", inbound.Flow.Source.Ip.ToString());
        await using (var stream = (FabricStream)result.Connection!)
        {
            await stream.WriteAsync("through"u8.ToArray());
            stream.CompleteWrites();
            Assert.Equal("THROUGH", Encoding.ASCII.GetString(await stream.ReadToEndAsync()));
        }
        await FabricWorld.UntilAsync(() => !world.Node3.Closed.IsEmpty && !world.Node2.Closed.IsEmpty, "all nodes hear of the end");
    }

    [Theory, MemberData(nameof(OneProcessOrThree))]
    public async Task Reset_ReachesTheOtherSide(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        var pod = FabricWorld.At("172.17.1.9:8080");
        var listener = new FakeListener(IpProtocol.Tcp, "pod/default/web");
        world.Node2.Listeners[(IpProtocol.Tcp, pod)] = listener;
        var result = await world.DialAsync(FabricWorld.DialTo(pod));
        await FabricWorld.UntilAsync(() => !listener.Accepted.IsEmpty, "accepted");
        listener.Accepted.TryPeek(out var inbound);
        Assert.IsAssignableFrom<FabricStream>(inbound!.Stream).Abort("the server dies");
        var error = await Assert.ThrowsAsync<IOException>(() => result.Connection!.ReadToEndAsync());
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task Dial_ToAProcessThatIsGoneTimesOut()
    {
        await using var world = FabricWorld.Create();
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = closed.LocalEndpoint.ToString()!;
        closed.Stop();
        world.A.Directory = world.DirectoryOf(address);
        var result = await world.DialAsync(FabricWorld.DialTo(FabricWorld.At("172.17.1.9:8080"), trace: true), 1500);
        Assert.Equal(DialOutcome.TimedOut, result.Outcome);
        Assert.Contains("Process b at", result.Reason);
    }

    [Theory]
    //          destination            outcome                 where            a part of the reason
    [InlineData("10.96.45.123:80", DialOutcome.TimedOut, "node/node-1", "exists only in the nodes' tables")]
    [InlineData("172.17.9.9:80", DialOutcome.TimedOut, "node/node-1", "no node's part")]
    [InlineData("172.18.0.1:6443", DialOutcome.Refused, "control-plane", "API server's address is not known")]
    [InlineData("172.18.0.1:22", DialOutcome.Refused, "control-plane", "port 6443 only")]
    public async Task Dial_SaysWhyAnAddressLeadsNowhere(string destination, DialOutcome outcome, string where, string reason)
    {
        await using var world = FabricWorld.Create();
        var result = await world.DialAsync(FabricWorld.DialTo(FabricWorld.At(destination), trace: true), outcome == DialOutcome.TimedOut ? 1500 : 20_000);
        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(reason, result.Reason);
        Assert.Contains(result.Hops, hop => hop.At == where && hop.Detail.Contains(reason));
    }

    [Fact]
    public async Task Dial_ToTheControlPlaneReachesTheApiServersSocket()
    {
        await using var world = FabricWorld.Create();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        world.A.ApiServer = server.LocalEndpoint;
        var result = await world.DialAsync(FabricWorld.DialTo(FabricWorld.At("172.18.0.1:6443")));
        Assert.Equal((DialOutcome.Connected, "control-plane"), (result.Outcome, result.ServerName));
        using var accepted = await server.AcceptSocketAsync().WaitAsync(FabricWorld.Patience);
        await accepted.SendAsync("api"u8.ToArray(), SocketFlags.None);
        accepted.Close();
        Assert.Equal("api", Encoding.ASCII.GetString(await result.Connection!.ReadToEndAsync()));
        await result.Connection!.DisposeAsync();
    }

    [Fact]
    public async Task Dial_OutOfTheClusterAsksTheOutside()
    {
        await using var world = FabricWorld.Create();
        var host = FabricWorld.At("203.0.113.20:80");
        world.Outside.Listeners[(IpProtocol.Tcp, host)] = FabricWorld.Echo("outside/db.example.com");
        var result = await world.DialAsync(FabricWorld.DialTo(host));
        Assert.Equal((DialOutcome.Connected, "outside/db.example.com"), (result.Outcome, result.ServerName));
        Assert.True(world.Outside.Opened.TryPeek(out var open) && open.Origin == FlowOrigin.Outside);
        await result.Connection!.DisposeAsync();
    }

    [Fact]
    public async Task Dial_FromOutsideEntersTheNodeAsOutside()
    {
        await using var world = FabricWorld.Create();
        var (external, inside) = (FabricWorld.At("127.18.0.3:30080"), FabricWorld.At("172.18.0.3:30080"));
        world.Outside.Translations[external] = inside;
        world.Node2.Listeners[(IpProtocol.Tcp, inside)] = FabricWorld.Echo("node/node-2");
        using var limit = new CancellationTokenSource(FabricWorld.Patience);
        var result = await world.C.DialAsync(new Dial(null, FlowOrigin.Outside, Ip.Parse("192.0.2.1"), external, true, "outside/192.0.2.1"), limit.Token);
        Assert.Equal(DialOutcome.Connected, result.Outcome);
        Assert.True(world.Node2.Opened.TryPeek(out var open) && open.Origin == FlowOrigin.Outside);
        await result.Connection!.DisposeAsync();
    }

    [Fact]
    public async Task Dial_ToAnExternalIPFromAPodGoesThroughTheCloudsEdge()
    {
        await using var world = FabricWorld.Create();
        world.Node2.Listeners[(IpProtocol.Tcp, FabricWorld.At("172.18.0.3:30080"))] = FabricWorld.Echo("node/node-2");
        var result = await world.DialAsync(FabricWorld.DialTo(FabricWorld.At("127.18.0.3:30080"), trace: true));
        Assert.Equal(DialOutcome.Connected, result.Outcome);
        Assert.Contains(result.Hops, hop => hop is { At: "edge", What: "dnat" });
        Assert.True(world.Node2.Opened.TryPeek(out var open) && open.Origin == FlowOrigin.Outside);
        await result.Connection!.DisposeAsync();
    }

    [Fact]
    public async Task Listener_ClosesConnectionsWithAnotherKey()
    {
        await using var world = FabricWorld.Create();
        var stranger = new FabricConnector(new byte[32]);
        var at = FabricWorld.At(world.B.Address!);
        await using var stream = new SocketEnd(await FabricConnector.ConnectAsync(at.Ip.ToString(), at.Port, default));
        await stream.WriteAsync(stranger.Header(FabricRequestKind.OpenStream, "node-2", WireOrigin.Wire,
            new Flow(IpProtocol.Tcp, FabricWorld.At("1.2.3.4:5"), FabricWorld.At("172.17.1.9:8080")), false, "stranger", 64));
        Assert.Empty(await stream.ReadToEndAsync());
        Assert.Empty(world.Node2.Opened);
    }

    [Fact]
    public void Ports_AreFreeAgainAfterClosing()
    {
        var ports = new EphemeralPorts();
        var ip = FabricWorld.PodOne;
        var taken = Enumerable.Range(0, EphemeralPorts.Last - EphemeralPorts.First + 1).Select(_ => ports.Take(ip, IpProtocol.Tcp)).ToHashSet();
        Assert.Equal(EphemeralPorts.Last - EphemeralPorts.First + 1, taken.Count);
        Assert.Equal(0, ports.Take(ip, IpProtocol.Tcp));
        Assert.NotEqual(0, ports.Take(ip, IpProtocol.Udp));
        Assert.NotEqual(0, ports.Take(Ip.Parse("172.17.0.6"), IpProtocol.Tcp));
        ports.Return(ip, IpProtocol.Tcp, 40000);
        Assert.Equal(40000, ports.Take(ip, IpProtocol.Tcp));
    }
}
