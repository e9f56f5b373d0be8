using System.Net.Sockets;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric.Tests;

/// <summary>What open connections meet when a machine at one end, or on the way, loses its power.</summary>
public sealed class NodePowerTests
{
    private static readonly IpPort Pod = FabricWorld.At("172.17.1.9:8080");

    /// <summary>How long nothing must be heard.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    public static TheoryData<bool, string> Machines => new()
    {
        //  one process, who loses power
        { true, "node-1" }, { true, "node-2" }, { false, "node-1" }, { false, "node-2" },
    };

    [Theory, MemberData(nameof(Machines))]
    public async Task AConnectionHangs_WithoutAWordOfAClose_AndIsResetByTheNodesNextLife(bool oneProcess, string node)
    {
        await using var world = FabricWorld.Create(oneProcess);
        var (client, server) = await ConnectAsync(world);
        var process = node == "node-1" ? world.A : world.B;

        process.CutNode(node);
        await client.WriteAsync("more"u8.ToArray());
        var clientReads = ReadAsync(client);
        var serverReads = ReadAsync(server);
        // The machine at one end is gone, and so is its program; the other end hears nothing of that.
        var (dead, waits) = node == "node-1" ? (client, serverReads) : (server, clientReads);
        await dead.DisposeAsync();
        await Task.WhenAny(waits, Task.Delay(Quiet));
        Assert.False(waits.IsCompleted, "the surviving end heard something of the dead machine");

        process.RestoreNode(node);
        var survivor = node == "node-1" ? server : client;
        await FabricWorld.UntilAsync(
            () =>
            {
                // What it sends, now or before, is answered with RST.
                if (!waits.IsCompleted) _ = survivor.WriteAsync("anybody?"u8.ToArray()).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
                return waits.IsCompleted;
            },
            "the connection is reset");
        var error = await Assert.ThrowsAsync<IOException>(() => waits);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task ANodeOnTheWay_StopsItsConnections_ThoughBothEndsLive(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        // From node-1 by node-3's NodePort to a Pod of node-2.
        var nodePort = FabricWorld.At("172.18.0.4:30080");
        world.Node3.Translations[nodePort] = Pod;
        var listener = new FakeListener(IpProtocol.Tcp, "pod/default/web");
        world.Node2.Listeners[(IpProtocol.Tcp, Pod)] = listener;
        var dialled = await world.DialAsync(FabricWorld.DialTo(nodePort));
        var client = Assert.IsAssignableFrom<FabricStream>(dialled.Connection);
        await FabricWorld.UntilAsync(() => !listener.Accepted.IsEmpty, "the server has the connection");
        Assert.True(listener.Accepted.TryDequeue(out var inbound));
        await client.WriteAsync("hello"u8.ToArray());
        Assert.Equal("hello", await ReadAsync(inbound.Stream));

        world.C.CutNode("node-3");
        var serverReads = ReadAsync(inbound.Stream);
        var clientReads = ReadAsync(client);
        await client.WriteAsync("lost"u8.ToArray());
        await inbound.Stream.WriteAsync("lost too"u8.ToArray());
        await Task.WhenAny(serverReads, clientReads, Task.Delay(Quiet));
        Assert.False(serverReads.IsCompleted || clientReads.IsCompleted, "something passed a machine without power");

        world.C.RestoreNode("node-3");
        foreach (var reads in new[] { serverReads, clientReads })
        {
            var error = await Assert.ThrowsAsync<IOException>(() => reads.WaitAsync(FabricWorld.Patience));
            Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task AnotherNodesConnections_AndNewOnes_GoOn(bool oneProcess)
    {
        await using var world = FabricWorld.Create(oneProcess);
        var (client, server) = await ConnectAsync(world);
        world.C.CutNode("node-3");
        await client.WriteAsync("through"u8.ToArray());
        Assert.Equal("through", await ReadAsync(server));

        world.B.CutNode("node-2");
        world.B.RestoreNode("node-2");
        var (again, answers) = await ConnectAsync(world);
        await again.WriteAsync("anew"u8.ToArray());
        Assert.Equal("anew", await ReadAsync(answers));
        await again.DisposeAsync();
        Assert.Equal("", await ReadAsync(answers));
    }

    [Fact]
    public async Task AnIdleConnection_IsLeftInPeaceByTheNextLife()
    {
        await using var world = FabricWorld.Create(oneProcess: true);
        var (client, _) = await ConnectAsync(world);
        var reads = ReadAsync(client);
        world.B.CutNode("node-2");
        world.B.RestoreNode("node-2");
        await Task.WhenAny(reads, Task.Delay(Quiet));
        Assert.False(reads.IsCompleted, "nothing was sent, so nothing can have been answered");

        var error = await Assert.ThrowsAsync<IOException>(() => client.WriteAsync("anybody?"u8.ToArray()).AsTask());
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
        await Assert.ThrowsAsync<IOException>(() => reads.WaitAsync(FabricWorld.Patience));
    }

    [Fact]
    public async Task WritingIntoSilence_StopsAtASendBuffersWorth()
    {
        await using var world = FabricWorld.Create(oneProcess: true);
        var (client, _) = await ConnectAsync(world);
        world.B.CutNode("node-2");
        await client.WriteAsync(new byte[PipeConnection.WindowBytes]).AsTask().WaitAsync(FabricWorld.Patience);
        using var limit = new CancellationTokenSource(Quiet);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.WriteAsync(new byte[1], limit.Token).AsTask());
    }

    [Fact]
    public async Task ADatagramsAnswer_IsLostOnADeadNode()
    {
        await using var world = FabricWorld.Create(oneProcess: true);
        var asked = new TaskCompletionSource<Action<ReadOnlyMemory<byte>>>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Node2.Listeners[(IpProtocol.Udp, Pod)] = new Late(asked);
        await using var socket = await world.A.OpenDatagramsAsync(FabricWorld.DialTo(Pod), default);
        await socket.SendAsync("question"u8.ToArray(), default);
        var reply = await asked.Task.WaitAsync(FabricWorld.Patience);

        world.A.CutNode("node-1");
        reply("lost"u8.ToArray());
        world.A.RestoreNode("node-1");
        await socket.SendAsync("again"u8.ToArray(), default); // The path is that of the new life from here on.
        reply("heard"u8.ToArray());
        Assert.Equal("heard", Encoding.ASCII.GetString((await socket.ReceiveAsync(default).AsTask().WaitAsync(FabricWorld.Patience)).Span));
    }

    private static async Task<(FabricStream Client, Stream Server)> ConnectAsync(FabricWorld world)
    {
        var listener = new FakeListener(IpProtocol.Tcp, "pod/default/web");
        world.Node2.Listeners[(IpProtocol.Tcp, Pod)] = listener;
        var dialled = await world.DialAsync(FabricWorld.DialTo(Pod));
        var client = Assert.IsAssignableFrom<FabricStream>(dialled.Connection);
        await FabricWorld.UntilAsync(() => !listener.Accepted.IsEmpty, "the server has the connection");
        Assert.True(listener.Accepted.TryDequeue(out var inbound));
        await client.WriteAsync("hello"u8.ToArray());
        Assert.Equal("hello", await ReadAsync(inbound.Stream));
        return (client, inbound.Stream);
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
    }

    private sealed class Late(TaskCompletionSource<Action<ReadOnlyMemory<byte>>> asked) : IInboundListener
    {
        public IpProtocol Protocol => IpProtocol.Udp;
        public string Owner => "pod/default/late";

        public void Accept(InboundConnection connection) => throw new NotSupportedException("UDP only.");

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) => asked.TrySetResult(reply);
    }
}
