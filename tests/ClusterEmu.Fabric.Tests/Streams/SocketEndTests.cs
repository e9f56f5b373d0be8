using System.Net;
using System.Net.Sockets;

namespace ClusterEmu.Fabric.Tests;

/// <summary>What is a real socket's own: how its ends are told apart.</summary>
public sealed class SocketEndTests
{
    [Fact]
    public async Task AResetThatAWriteHeardOf_IsToldToTheNextReadToo()
    {
        var (ours, peer, _) = await ConnectAsync();
        await using (ours)
        {
            peer.LingerState = new LingerOption(true, 0);
            peer.Close(0);
            await FabricWorld.UntilAsync(() => Fails(() => ours.WriteAsync("anybody?"u8.ToArray()).AsTask()), "a write hears of the reset");
            await AssertResetAsync(ours);
        }
    }

    [Fact]
    public async Task AResetThatNobodyTold_IsNoEnd()
    {
        if (!OperatingSystem.IsLinux()) return; // Others have no state to look at: there, only what a write heard is known.
        var (ours, peer, socket) = await ConnectAsync();
        await using (ours)
        {
            peer.LingerState = new LingerOption(true, 0);
            peer.Close(0);
            // A write on another thread takes the kernel's error like this, before it can say so.
            await FabricWorld.UntilAsync(() => (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0, "the kernel hears of the reset");
            await AssertResetAsync(ours);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task AnEnd_IsNoReset(bool oursFirst)
    {
        var (ours, peer, _) = await ConnectAsync();
        await using (ours)
        {
            if (oursFirst) ours.CompleteWrites();
            peer.Close();
            Assert.Equal(0, await ours.ReadAsync(new byte[1]));
            Assert.Equal(0, await ours.ReadAsync(new byte[1]));
        }
    }

    private static async Task AssertResetAsync(SocketEnd ours)
    {
        var error = await Assert.ThrowsAsync<IOException>(() => ours.ReadAsync(new byte[1]).AsTask().WaitAsync(FabricWorld.Patience));
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
    }

    private static bool Fails(Func<Task> write)
    {
        var task = write();
        return task.IsFaulted;
    }

    private static async Task<(SocketEnd Ours, Socket Peer, Socket Socket)> ConnectAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var ours = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await ours.ConnectAsync(listener.LocalEndPoint!);
        return (new SocketEnd(ours), await listener.AcceptAsync(), ours);
    }
}
