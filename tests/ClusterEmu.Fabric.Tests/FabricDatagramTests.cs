using System.Net.Sockets;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

public sealed class FabricDatagramTests
{
    private static readonly IpPort Dns = FabricWorld.At("10.96.0.10:53");
    private static readonly IpPort Pod = FabricWorld.At("172.17.1.2:53");

    private static FakeListener Answering() => new(IpProtocol.Udp, "pod/kube-system/coredns")
    {
        OnDatagram = payload => Encoding.ASCII.GetBytes("re: " + Encoding.ASCII.GetString(payload.Span)),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Datagrams_GetTheirAnswers(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        world.Node1.Translations[Dns] = Pod;
        world.Node2.Listeners[(IpProtocol.Udp, Pod)] = Answering();
        await using var socket = await world.A.OpenDatagramsAsync(FabricWorld.DialTo(Dns, trace: true), default);
        for (var i = 0; i < 3; i++)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"question {i}"), default);
            var answer = await socket.ReceiveAsync(default).AsTask().WaitAsync(FabricWorld.Patience);
            Assert.Equal($"re: question {i}", Encoding.ASCII.GetString(answer.Span));
        }
        Assert.Equal(["send", "forward", "deliver"], socket.Hops.Select(hop => hop.What));
    }

    [Theory]
    [InlineData("node-1", FlowAction.Reject, SocketError.ConnectionRefused)]
    [InlineData("node-2", FlowAction.Reject, SocketError.ConnectionRefused)]
    [InlineData("node-2", FlowAction.Unreachable, SocketError.HostUnreachable)]
    public async Task Receive_ThrowsWhatIcmpSays(string node, FlowAction action, SocketError expected)
    {
        await using var world = FabricWorld.Create();
        (node == "node-1" ? world.Node1 : world.Node2).Answers[Pod] = action;
        await using var socket = await world.A.OpenDatagramsAsync(FabricWorld.DialTo(Pod), default);
        await socket.SendAsync(new byte[10], default);
        var error = await Assert.ThrowsAsync<SocketException>(() => socket.ReceiveAsync(default).AsTask().WaitAsync(FabricWorld.Patience));
        Assert.Equal(expected, error.SocketErrorCode);
    }

    [Fact]
    public async Task Dropped_DatagramsGetNoAnswer()
    {
        await using var world = FabricWorld.Create();
        world.Node2.Answers[Pod] = FlowAction.Drop;
        await using var socket = await world.A.OpenDatagramsAsync(FabricWorld.DialTo(Pod), default);
        await socket.SendAsync(new byte[10], default);
        using var limit = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => socket.ReceiveAsync(limit.Token).AsTask());
    }

    [Fact]
    public async Task ALongDatagram_IsRefused()
    {
        await using var world = FabricWorld.Create();
        await using var socket = await world.A.OpenDatagramsAsync(FabricWorld.DialTo(Pod), default);
        var error = await Assert.ThrowsAsync<SocketException>(() => socket.SendAsync(new byte[65508], default).AsTask());
        Assert.Equal(SocketError.MessageSize, error.SocketErrorCode);
    }

    [Fact]
    public async Task CloseFlow_IsToldWhenTheSocketCloses()
    {
        await using var world = FabricWorld.Create();
        world.Node2.Listeners[(IpProtocol.Udp, Pod)] = Answering();
        var socket = await world.A.OpenDatagramsAsync(FabricWorld.DialTo(Pod), default);
        for (var i = 0; i < 3; i++) await socket.SendAsync(new byte[10], default);
        await socket.ReceiveAsync(default).AsTask().WaitAsync(FabricWorld.Patience);
        await socket.DisposeAsync();
        await FabricWorld.UntilAsync(() => world.Node1.Closed.Count == 1 && world.Node2.Closed.Count == 1, "both nodes hear of the end, once");
    }
}
