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
    private static readonly IPEndPoint Anyone = new(IPAddress.Any, 0);
    private readonly CancellationTokenSource _disposed = new();
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
        if (state == HostPortState.Open) _ = RunAsync(socket); // Silent: what comes is never read.
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _disposed.Cancel();
        _socket?.Dispose();
    }

    private async Task RunAsync(Socket socket)
    {
        var clients = new Dictionary<IPEndPoint, IDatagramChannel>(); // This socket's: where it is closed, their answers can go nowhere.
        var buffer = new byte[65536];
        while (await ReceiveAsync(socket, buffer).ConfigureAwait(false) is { } got)
        {
            try
            {
                if (await ChannelOfAsync(socket, clients, got.From).ConfigureAwait(false) is { } channel)
                    await channel.SendAsync(buffer.AsMemory(0, got.Count), _disposed.Token).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                // Its client's exchange ended at this moment, or the datagram could not be sent on: the others go on.
                log.Debug("A datagram at {0} was lost: {1}", endpoint.Address, error.Message);
            }
        }
        IDatagramChannel[] left;
        lock (clients) left = [.. clients.Values];
        foreach (var channel in left) await channel.DisposeAsync().ConfigureAwait(false);
    }

    /// <returns>Null once the socket is closed.</returns>
    private async Task<(IPEndPoint From, int Count)?> ReceiveAsync(Socket socket, byte[] buffer)
    {
        while (true)
        {
            try
            {
                var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, Anyone, _disposed.Token).ConfigureAwait(false);
                return ((IPEndPoint)got.RemoteEndPoint, got.ReceivedBytes);
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException
                or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted })
            {
                return null;
            }
            catch (SocketException error)
            {
                log.Warning("The listener at {0} could not receive a datagram and goes on: {1}", endpoint.Address, error.Message);
                await Task.Delay(10).ConfigureAwait(false);
            }
        }
    }

    private async Task<IDatagramChannel?> ChannelOfAsync(Socket socket, Dictionary<IPEndPoint, IDatagramChannel> clients, IPEndPoint from)
    {
        lock (clients)
        {
            if (clients.TryGetValue(from, out var known)) return known;
            if (clients.Count >= MaxClients) return null; // As a full table does: the datagram is lost.
        }
        var source = ClientAddresses.Map(HostSockets.ToIpPort(from).Ip);
        var dial = new Dial(null, FlowOrigin.Outside, source, endpoint.Address, false, $"outside/{source}");
        var channel = await fabric.OpenDatagramsAsync(dial, _disposed.Token).ConfigureAwait(false);
        lock (clients) clients[from] = channel;
        _ = AnswerAsync(socket, clients, from, channel);
        return channel;
    }

    private async Task AnswerAsync(Socket socket, Dictionary<IPEndPoint, IDatagramChannel> clients, IPEndPoint to, IDatagramChannel channel)
    {
        try
        {
            while (true)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
                limit.CancelAfter(IdleLimit);
                var answer = await channel.ReceiveAsync(limit.Token).ConfigureAwait(false);
                await socket.SendToAsync(answer, SocketFlags.None, to, _disposed.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            log.Debug("The exchange of {0} with {1} ended: {2}", to, endpoint.Address, error.Message);
        }
        finally
        {
            lock (clients) clients.Remove(to);
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }
}
