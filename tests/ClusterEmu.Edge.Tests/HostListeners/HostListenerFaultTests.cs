using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

/// <summary>What the host's listeners do when the emulated network fails one of their clients.</summary>
public sealed class HostListenerFaultTests : TestKit
{
    private readonly FaultyFabric _fabric = new();

    [Theory]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(SocketException))]
    public async Task Tcp_AClientWhoseDialFails_IsReset_AndTheNextIsServed(Type failure)
    {
        using var listener = new HostTcpListener(_fabric, Endpoint(IpProtocol.Tcp), Sys.Log);
        listener.Set(HostPortState.Open);
        _fabric.Failures.Enqueue(Of(failure));
        var error = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var unlucky = await ConnectAsync(listener); // The reset may come as early as this.
            await unlucky.ReceiveAsync(new byte[1]).WaitAsync(EdgeWorld.Patience);
        });
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        using var lucky = await ConnectAsync(listener);
        await lucky.SendAsync("hello"u8.ToArray()).WaitAsync(EdgeWorld.Patience);
        Assert.Equal(5, await lucky.ReceiveAsync(new byte[16]).WaitAsync(EdgeWorld.Patience));
    }

    [Theory]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(SocketException))]
    public async Task Udp_ADatagramThatCannotBeSentOn_IsLostAlone(Type failure)
    {
        using var listener = new HostUdpListener(_fabric, Endpoint(IpProtocol.Udp), Sys.Log);
        listener.Set(HostPortState.Open);
        using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _fabric.Failures.Enqueue(Of(failure));
        await client.SendAsync("lost"u8.ToArray(), PlaceOf(listener));
        await EdgeWorld.UntilAsync(() => _fabric.Failures.IsEmpty, "the datagram that is lost");
        await client.SendAsync("hello"u8.ToArray(), PlaceOf(listener));
        Assert.Equal("hello", Encoding.ASCII.GetString((await client.ReceiveAsync().WaitAsync(EdgeWorld.Patience)).Buffer));
    }

    [Fact]
    public async Task Udp_AClientIsAnsweredAfterThePortWasClosedAndOpenedAgain()
    {
        using var listener = new HostUdpListener(_fabric, Endpoint(IpProtocol.Udp), Sys.Log);
        using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        foreach (var word in new[] { "one", "two" })
        {
            listener.Set(HostPortState.Open);
            await client.SendAsync(Encoding.ASCII.GetBytes(word), PlaceOf(listener));
            Assert.Equal(word, Encoding.ASCII.GetString((await client.ReceiveAsync().WaitAsync(EdgeWorld.Patience)).Buffer));
            listener.Set(HostPortState.Closed);
        }
        await EdgeWorld.UntilAsync(() => _fabric.Open == 0, "the emulated sockets' end");
    }

    private static Exception Of(Type failure) =>
        failure == typeof(ObjectDisposedException) ? new ObjectDisposedException("channel") : (Exception)Activator.CreateInstance(failure)!;

    private static HostEndpoint Endpoint(IpProtocol protocol) => new(protocol, Some.At("127.0.0.1:0"), "default/web", HostPortState.Open);

    private static IPEndPoint PlaceOf(IHostListener listener) => IPEndPoint.Parse(listener.Actual!.Value.ToString());

    private static async Task<Socket> ConnectAsync(IHostListener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(PlaceOf(listener)).WaitAsync(EdgeWorld.Patience);
        return socket;
    }
}
