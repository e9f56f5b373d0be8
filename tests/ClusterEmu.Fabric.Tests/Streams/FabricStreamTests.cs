using System.Net.Sockets;
using System.Text;

namespace ClusterEmu.Fabric.Tests;

public sealed class FabricStreamTests
{
    public static TheoryData<string> Kinds => StreamPairs.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Bytes_TravelBothWaysInOrder(string kind)
    {
        var (client, server) = await StreamPairs.OpenAsync(kind);
        var sent = new byte[300_000];
        new Random(7).NextBytes(sent);
        var there = Task.Run(async () =>
        {
            await client.WriteAsync(sent);
            client.CompleteWrites();
        });
        var received = await server.ReadToEndAsync();
        await there.WaitAsync(StreamPairs.Patience);
        Assert.Equal(sent, received);

        await server.WriteAsync("and back"u8.ToArray());
        await server.DisposeAsync();
        Assert.Equal("and back", Encoding.UTF8.GetString(await client.ReadToEndAsync()));
        await client.DisposeAsync();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task HalfClose_EndsOneDirectionOnly(string kind)
    {
        var (client, server) = await StreamPairs.OpenAsync(kind);
        client.CompleteWrites();
        Assert.Empty(await server.ReadToEndAsync());
        await server.WriteAsync("late"u8.ToArray());
        var buffer = new byte[16];
        Assert.Equal(4, await client.ReadAsync(buffer).AsTask().WaitAsync(StreamPairs.Patience));
        var error = await Assert.ThrowsAsync<IOException>(async () => await client.WriteAsync(buffer));
        Assert.IsType<SocketException>(error.InnerException);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Abort_ResetsThePeer(string kind)
    {
        var (client, server) = await StreamPairs.OpenAsync(kind);
        var reading = server.ReadAsync(new byte[16]).AsTask();
        client.Abort("the test pulls the plug");
        var error = await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(StreamPairs.Patience));
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
        error = await Assert.ThrowsAsync<IOException>(async () => await client.WriteAsync(new byte[1]));
        Assert.Equal("the test pulls the plug", error.Message);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Abort_WhileAReadWaits_NeverLooksLikeAClose(string kind)
    {
        for (var round = 0; round < 20; round++)
        {
            var (client, server) = await StreamPairs.OpenAsync(kind);
            var (mine, theirs) = (client.ReadAsync(new byte[16]).AsTask(), server.ReadAsync(new byte[16]).AsTask());
            client.Abort("the test pulls the plug");
            var error = await Assert.ThrowsAsync<IOException>(() => theirs.WaitAsync(StreamPairs.Patience));
            Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
            await Assert.ThrowsAsync<IOException>(() => mine.WaitAsync(StreamPairs.Patience));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Dispose_WithUnreadBytesResets(string kind)
    {
        var (client, server) = await StreamPairs.OpenAsync(kind);
        await client.WriteAsync("never read"u8.ToArray());
        await server.ReadAsync(Memory<byte>.Empty).AsTask().WaitAsync(StreamPairs.Patience);
        await server.DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => client.ReadAsync(new byte[16]).AsTask().WaitAsync(StreamPairs.Patience));
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Write_AfterThePeerClosedFailsInTheEnd(string kind)
    {
        var (client, server) = await StreamPairs.OpenAsync(kind);
        await server.DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var i = 0; i < 10_000; i++) await client.WriteAsync(new byte[1024]).AsTask().WaitAsync(StreamPairs.Patience);
        });
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Closed_IsToldOnce(string kind)
    {
        var (client, server) = await StreamPairs.OpenAsync(kind);
        var told = 0;
        client.OnClosed(() => told++);
        await client.DisposeAsync();
        client.Abort("again");
        await client.DisposeAsync();
        Assert.Equal(1, told);
        client.OnClosed(() => told++);
        Assert.Equal(2, told);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Write_WaitsWhileTheWindowIsFull()
    {
        var (client, server) = PipeConnection.Open();
        var writing = client.WriteAsync(new byte[2 * PipeConnection.WindowBytes]).AsTask();
        Assert.False(writing.IsCompleted);
        await server.ReadExactlyAsync(new byte[PipeConnection.WindowBytes / 4]).AsTask().WaitAsync(StreamPairs.Patience);
        Assert.False(writing.IsCompleted); // The window opens again when half of it was read.
        await server.ReadExactlyAsync(new byte[PipeConnection.WindowBytes * 7 / 4]).AsTask().WaitAsync(StreamPairs.Patience);
        await writing.WaitAsync(StreamPairs.Patience);
    }

    [Fact]
    public async Task Reset_WakesABlockedWriter()
    {
        var (client, server) = PipeConnection.Open();
        var writing = client.WriteAsync(new byte[2 * PipeConnection.WindowBytes]).AsTask();
        server.Abort("enough");
        var error = await Assert.ThrowsAsync<IOException>(() => writing.WaitAsync(StreamPairs.Patience));
        Assert.Equal("enough", error.Message);
    }

    [Fact]
    public async Task BytesBeforeAReset_CanStillBeRead()
    {
        var (client, server) = PipeConnection.Open();
        await client.WriteAsync("last words"u8.ToArray());
        client.Abort("gone");
        var buffer = new byte[32];
        Assert.Equal(10, await server.ReadAsync(buffer));
        await Assert.ThrowsAsync<IOException>(() => server.ReadToEndAsync());
    }

    [Fact]
    public async Task Dispose_EndsAPendingRead()
    {
        var (client, _) = PipeConnection.Open();
        var reading = client.ReadAsync(new byte[16]).AsTask();
        await client.DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(StreamPairs.Patience));
        Assert.Equal(SocketError.OperationAborted, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task Read_CanBeCancelledAndRepeated()
    {
        var (client, server) = PipeConnection.Open();
        using var cancel = new CancellationTokenSource();
        var reading = client.ReadAsync(new byte[16], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(StreamPairs.Patience));
        await server.WriteAsync(new byte[3]);
        Assert.Equal(3, await client.ReadAsync(new byte[16]));
    }

    [Fact]
    public async Task Splice_CancelledResetsBoth()
    {
        var (client, near) = PipeConnection.Open();
        var (far, server) = PipeConnection.Open();
        using var cancel = new CancellationTokenSource();
        var splice = Splice.RunAsync(near, far, cancel.Token);
        await cancel.CancelAsync();
        Assert.Equal("The splice was cancelled.", await splice.WaitAsync(StreamPairs.Patience));
        await Assert.ThrowsAsync<IOException>(() => client.ReadToEndAsync());
        await Assert.ThrowsAsync<IOException>(() => server.ReadToEndAsync());
    }
}
