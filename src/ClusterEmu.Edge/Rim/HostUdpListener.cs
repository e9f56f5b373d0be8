using System.Net;
using System.Net.Sockets;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>A UDP port of the host that leads into the emulated world: one emulated socket per client, for as long as it is used.</summary>
internal sealed class HostUdpListener(IFabric fabric, HostEndpoint endpoint, ILoggingAdapter log) : IHostListener
{
    private const int MaxClients = 1024;
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Dictionary<IPEndPoint, Client> _clients = [];
    private Socket? _socket;
    private HostPortState? _state;

    public IpPort? Actual { get; private set; }
    public string? Problem { get; private set; }

    public void Set(HostPortState state)
    {
        if (_state == state || _disposed.IsCancellationRequested) return;
        _socket?.Dispose();
        (_socket, Problem, _state) = (null, null, state);
        if (state == HostPortState.Closed) return;
        IEnumerable<IpPort> places = Actual is { } known ? [known, .. FallbackPlaces.For(endpoint.Address)] : FallbackPlaces.For(endpoint.Address);
        var (socket, actual, problem) = HostSockets.Bind(IpProtocol.Udp, places);
        if (socket is null)
        {
            _state = null; // The next call tries again.
            Problem = $"{endpoint.Address} cannot be bound, nor any place instead of it ({problem}).";
            return;
        }
        (_socket, Actual) = (socket, actual);
        if (state == HostPortState.Open) _ = ReceiveAsync(socket); // Silent: what comes is never read.
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _disposed.Cancel();
        _socket?.Dispose();
    }

    private async Task ReceiveAsync(Socket socket)
    {
        var buffer = new byte[65536];
        var from = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _disposed.Token).ConfigureAwait(false);
                if (await ClientOfAsync(socket, (IPEndPoint)got.RemoteEndPoint).ConfigureAwait(false) is { } client)
                    await client.Channel.SendAsync(buffer.AsMemory(0, got.ReceivedBytes), _disposed.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (SocketException error)
            {
                if (error.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted) return; // Closed.
                log.Debug("A datagram at {0} was lost: {1}", endpoint.Address, error.Message);
            }
        }
    }

    private async Task<Client?> ClientOfAsync(Socket socket, IPEndPoint from)
    {
        lock (_clients)
        {
            if (_clients.TryGetValue(from, out var known)) return known;
            if (_clients.Count >= MaxClients) return null; // As a full table does: the datagram is lost.
        }
        var source = ClientAddresses.Map(HostSockets.ToIpPort(from).Ip);
        var dial = new Dial(null, FlowOrigin.Outside, source, endpoint.Address, false, $"outside/{source}");
        var client = new Client(await fabric.OpenDatagramsAsync(dial, _disposed.Token).ConfigureAwait(false));
        lock (_clients) _clients[from] = client;
        _ = AnswerAsync(socket, from, client);
        return client;
    }

    private async Task AnswerAsync(Socket socket, IPEndPoint to, Client client)
    {
        try
        {
            while (true)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
                limit.CancelAfter(IdleLimit);
                var answer = await client.Channel.ReceiveAsync(limit.Token).ConfigureAwait(false);
                await socket.SendToAsync(answer, SocketFlags.None, to, _disposed.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            log.Debug("The exchange of {0} with {1} ended: {2}", to, endpoint.Address, error.Message);
        }
        finally
        {
            lock (_clients) _clients.Remove(to);
            await client.Channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed record Client(IDatagramChannel Channel);
}
