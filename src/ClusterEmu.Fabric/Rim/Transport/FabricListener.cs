using System.Net;
using System.Net.Sockets;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Takes connections of other processes: each begins with a sealed header that says what is wanted.</summary>
internal sealed class FabricListener : IAsyncDisposable
{
    private const int Backlog = 512;
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan VerdictTimeout = TimeSpan.FromSeconds(127);
    private readonly byte[] _key;
    private readonly ActorSystem _system;
    private readonly FlowRouter _router;
    private readonly StreamOpener _streams;
    private readonly DatagramOpener _datagrams;
    private readonly SeenNonces _seen = new();
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private Task _accepting = Task.CompletedTask;

    public FabricListener(
        FabricOptions options, byte[] key, ActorSystem system, FlowRouter router, StreamOpener streams, DatagramOpener datagrams)
    {
        (_key, _system, _router, _streams, _datagrams) = (key, system, router, streams, datagrams);
        var address = IPAddress.Parse(options.ListenAddress);
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(new IPEndPoint(address, options.Port));
            _socket.Listen(Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        var host = options.AdvertisedHost.Length > 0 ? options.AdvertisedHost : options.ListenAddress;
        Address = $"{(host.Contains(':') ? $"[{host}]" : host)}:{((IPEndPoint)_socket.LocalEndPoint!).Port}";
    }

    /// <summary><c>host:port</c> for others.</summary>
    public string Address { get; }

    public void Start() => _accepting = Task.Run(AcceptAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                if (_stopping.IsCancellationRequested) return;
                _system.Log.Warning("The fabric listener {0} could not accept a connection and goes on: {1}", Address, error.Message);
                await Task.Delay(10).ConfigureAwait(false); // Out of file descriptors, most likely: do not spin.
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield(); // The accept loop goes on at once.
        var stream = new SocketEnd(socket);
        var keep = false;
        try
        {
            socket.NoDelay = true;
            FabricHeader header;
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token))
            {
                limit.CancelAfter(HeaderTimeout);
                header = await FrameIo.ReadHeaderAsync(stream, _key, limit.Token).ConfigureAwait(false);
            }
            if (!_seen.Add(header.Nonce, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()))
                throw new WireException("Fabric header: it was used before. Someone may be playing back recorded connections.");
            switch (header.Kind)
            {
                case FabricRequestKind.OpenStream:
                    keep = await OpenStreamAsync(header, stream).ConfigureAwait(false);
                    break;
                case FabricRequestKind.OpenDatagrams:
                    await _datagrams.ServeAsync(header, stream, _stopping.Token).ConfigureAwait(false);
                    break;
                case FabricRequestKind.WatchPorts:
                    await PortStatesFeed.ServeAsync(header.Target, stream, _system, _router, _stopping.Token).ConfigureAwait(false);
                    break;
            }
        }
        catch (WireException error)
        {
            _system.Log.Warning("The fabric listener {0} closed a connection: {1}", Address, error.Message);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            _system.Log.Debug("A fabric connection to {0} ended early: {1}", Address, error.Message);
        }
        catch (Exception error)
        {
            _system.Log.Warning("The fabric listener {0} gave up a connection and goes on: {1}", Address, error);
        }
        finally
        {
            if (!keep) await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>True if the stream now belongs to somebody else.</returns>
    private async Task<bool> OpenStreamAsync(FabricHeader header, SocketEnd stream)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        limit.CancelAfter(VerdictTimeout);
        var hops = new HopLog(header.Trace);
        var passed = new PassedNodes();
        stream.OnClosed(passed.Close);
        var end = await _router.RouteAsync(header.Target, (FlowOrigin)header.Origin, header.Flow, header.Ttl, hops, passed, limit.Token).ConfigureAwait(false);
        if (end is RouteEnd.Delivered delivered)
        {
            await stream.WriteAsync(Frame(DialOutcome.Connected, delivered.Flow.Destination, delivered.Listener.Owner, "", hops), limit.Token)
                .ConfigureAwait(false);
            // No copying: the listener gets the socket itself.
            delivered.Listener.Accept(new InboundConnection(delivered.Flow, passed.Guard(stream)));
            return true;
        }
        var opened = await _streams.ContinueAsync(end, header.Sender, hops, passed, limit.Token).ConfigureAwait(false);
        var frame = Frame(opened.Outcome, opened.Server, opened.ServerName, opened.Reason, hops);
        if (opened.Connection is not { } onward)
        {
            await stream.WriteAsync(frame, limit.Token).ConfigureAwait(false);
            return false;
        }
        try
        {
            await stream.WriteAsync(frame, limit.Token).ConfigureAwait(false);
        }
        catch
        {
            onward.Abort("The dialling process went away.");
            throw;
        }
        await Splice.RunAsync(passed.Guard(stream), onward, _stopping.Token).ConfigureAwait(false);
        return true;
    }

    private static byte[] Frame(DialOutcome outcome, IpPort server, string name, string reason, HopLog hops) =>
        new FabricVerdictFrame((WireOutcome)outcome, server, name, reason, hops.Hops).Write();
}
