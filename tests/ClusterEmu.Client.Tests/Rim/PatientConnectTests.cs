using System.Net;
using System.Net.Sockets;

namespace ClusterEmu.Client.Tests.Rim;

public sealed class PatientConnectTests
{
    [Fact]
    public async Task ARefusal_CountsAtOnceWithoutPatience()
    {
        using var bound = Bound();
        var refusal = await Assert.ThrowsAsync<SocketException>(() => PatientConnect.ConnectAsync(AddressOf(bound), TimeSpan.Zero, CancellationToken.None).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
    }

    [Fact]
    public async Task ARefusal_CountsWhenThePatienceIsOver()
    {
        using var bound = Bound();
        var refusal = await Assert.ThrowsAsync<SocketException>(() => PatientConnect.ConnectAsync(AddressOf(bound), TimeSpan.FromMilliseconds(60), CancellationToken.None).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
    }

    [Fact]
    public async Task AServerThatListensLater_IsReached()
    {
        using var server = Bound();
        var connecting = PatientConnect.ConnectAsync(AddressOf(server), TimeSpan.FromSeconds(30), CancellationToken.None).AsTask();
        Assert.False(connecting.IsCompleted, "nobody listens yet");
        server.Listen(1);
        await using var stream = await connecting;
        using var accepted = await server.AcceptAsync();
        await accepted.SendAsync(new byte[] { 42 });
        Assert.Equal(42, stream.ReadByte());
    }

    [Fact]
    public async Task Giving_UpEndsTheWait()
    {
        using var bound = Bound();
        using var stop = new CancellationTokenSource();
        var connecting = PatientConnect.ConnectAsync(AddressOf(bound), TimeSpan.FromMinutes(5), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    /// <summary>A port that is ours but refuses connections: it is bound, and nobody listens.</summary>
    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static DnsEndPoint AddressOf(Socket socket) => new("127.0.0.1", ((IPEndPoint)socket.LocalEndPoint!).Port);
}
