using System.Net;
using System.Net.Sockets;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>A TCP port of the host that leads into the emulated world.</summary>
/// <remarks>
/// Open: connections are taken and spliced. Closed: no socket, so the kernel refuses. Silent: a socket whose backlog of 0 is
/// filled by a connection of our own, so the kernel lets further ones wait for an answer that never comes.
/// </remarks>
internal sealed class HostTcpListener(IFabric fabric, HostEndpoint endpoint, ILoggingAdapter log) : IHostListener
{
    private const int Backlog = 512;
    private const int MaxConnections = 4096;

    /// <summary>A connection that the table drops after all is held this long, as Linux would try to connect.</summary>
    private static readonly TimeSpan DialLimit = TimeSpan.FromSeconds(127);
    private readonly CancellationTokenSource _disposed = new();
    private Socket? _socket;
    private Socket? _filler;
    private HostPortState? _state;
    private int _connections;

    public IpPort? Actual { get; private set; }
    public string? Problem { get; private set; }

    public void Set(HostPortState state)
    {
        if (_state == state || _disposed.IsCancellationRequested) return;
        Close();
        Problem = null;
        _state = state;
        if (state == HostPortState.Closed) return;
        var (socket, actual, problem) = Listen(state == HostPortState.Open ? Backlog : 0);
        if (socket is null)
        {
            _state = null; // The next call tries again.
            Problem = $"{endpoint.Address} cannot be bound, nor any place instead of it ({problem}).";
            return;
        }
        (_socket, Actual) = (socket, actual);
        if (state == HostPortState.Open) _ = AcceptAsync(socket);
        else _ = FillAsync(_filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), actual);
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _disposed.Cancel();
        Close();
    }

    private (Socket? Socket, IpPort Actual, string Problem) Listen(int backlog)
    {
        // Once found, a place is kept: clients were told of it.
        IEnumerable<IpPort> places = Actual is { } known ? [known, .. FallbackPlaces.For(endpoint.Address)] : FallbackPlaces.For(endpoint.Address);
        var problem = "";
        foreach (var place in places)
        {
            var (socket, actual, why) = HostSockets.Bind(IpProtocol.Tcp, [place]);
            problem = why;
            if (socket is null) continue;
            try
            {
                socket.Listen(backlog);
                return (socket, actual, "");
            }
            catch (SocketException error)
            {
                // Two sockets may be bound to a port; only one may listen.
                socket.Dispose();
                problem = $"{place}: {error.SocketErrorCode}";
            }
        }
        return (null, default, problem);
    }

    private void Close()
    {
        _socket?.Dispose();
        _filler?.Dispose();
        (_socket, _filler) = (null, null);
    }

    private async Task FillAsync(Socket filler, IpPort place)
    {
        try
        {
            await filler.ConnectAsync(new IPEndPoint(place.Ip.ToIPAddress(), place.Port), _disposed.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A client was quicker, and now waits in our place; or the port is not silent any more.
            log.Debug("Filling the backlog of {0} ended: {1}", place, error.Message);
        }
    }

    private async Task AcceptAsync(Socket socket)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await socket.AcceptAsync(_disposed.Token).ConfigureAwait(false));
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (SocketException error)
            {
                if (error.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted or SocketError.InvalidArgument) return; // Closed.
                log.Warning("The listener at {0} could not accept a connection and goes on: {1}", endpoint.Address, error.Message);
                await Task.Delay(10).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        var client = new SocketEnd(socket);
        if (Interlocked.Increment(ref _connections) > MaxConnections)
        {
            client.Abort($"More than {MaxConnections} connections at once.");
            Interlocked.Decrement(ref _connections);
            return;
        }
        try
        {
            socket.NoDelay = true;
            var source = ClientAddresses.Map(HostSockets.ToIpPort((IPEndPoint)socket.RemoteEndPoint!).Ip);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
            limit.CancelAfter(DialLimit);
            var dial = new Dial(null, FlowOrigin.Outside, source, endpoint.Address, false, $"outside/{source}");
            var result = await fabric.DialAsync(dial, limit.Token).ConfigureAwait(false);
            if (result.Connection is FabricStream stream) await Splice.RunAsync(client, stream, _disposed.Token).ConfigureAwait(false);
            else client.Abort(result.Reason); // The table changed after the kernel took the connection: a reset is as near to it as can be.
        }
        catch (Exception error)
        {
            // The client left before it was served, nothing answered in time, or the emulated network failed: this client alone pays for it.
            client.Abort(error.Message);
            if (error is not (SocketException or ObjectDisposedException or OperationCanceledException))
                log.Warning("A connection to {0} was reset, and the listener goes on: {1}", endpoint.Address, error);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
