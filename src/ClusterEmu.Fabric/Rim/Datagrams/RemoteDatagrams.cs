using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Carries the datagrams of one flow to another process and back, over one real connection.</summary>
/// <remarks>At most <see cref="QueueLength"/> datagrams wait for it; more are lost, as in a full socket buffer.</remarks>
internal sealed class RemoteDatagrams : IAsyncDisposable
{
    public const int QueueLength = 256;
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly RouteEnd.Elsewhere _end;
    private readonly HopLog _hops;
    private readonly IDatagramSink _sink;
    private readonly Task _running;
    private volatile bool _broken;

    public RemoteDatagrams(FabricConnector connector, RouteEnd.Elsewhere end, string sender, HopLog hops, IDatagramSink sink)
    {
        (_end, _hops, _sink) = (end, hops, sink);
        _running = Task.Run(() => RunAsync(connector, sender));
    }

    /// <summary>True once the connection is gone; the next datagram needs another.</summary>
    public bool Broken => _broken;

    public void Send(ReadOnlyMemory<byte> payload) => _outgoing.Writer.TryWrite(DatagramFrame.Write(payload.Span));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync(FabricConnector connector, string sender)
    {
        try
        {
            var offset = _hops.ElapsedMicroseconds;
            var socket = await FabricConnector.ConnectAsync(_end.Peer.Host, _end.Peer.Port, _stopping.Token).ConfigureAwait(false);
            await using var stream = new SocketEnd(socket);
            var header = connector.Header(FabricRequestKind.OpenDatagrams, _end.Target, _end.Origin, _end.Flow, _hops.Enabled, sender, _end.Ttl);
            await stream.WriteAsync(header, _stopping.Token).ConfigureAwait(false);
            // The first datagrams need not wait for the verdict.
            var writing = WriteAsync(stream);
            await ReadAsync(stream, offset).ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            if (!_stopping.IsCancellationRequested)
                _hops.Add(_end.Target.Length == 0 ? "edge" : $"node/{_end.Target}", "drop", $"Process {_end.Peer.Name} does not answer: {error.Message}");
        }
        finally
        {
            _broken = true;
        }
    }

    private async Task WriteAsync(SocketEnd stream)
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
                await stream.WriteAsync(frame, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            await stream.DisposeAsync().ConfigureAwait(false); // Ends the reading side too.
        }
    }

    private async Task ReadAsync(SocketEnd stream, long offset)
    {
        try
        {
            while (true)
            {
                var (kind, body) = await FrameIo.ReadFrameAsync(stream, _stopping.Token).ConfigureAwait(false);
                switch (kind)
                {
                    case FrameKind.Verdict:
                        var verdict = FabricVerdictFrame.Read(body);
                        _hops.AddFrom(verdict.Hops, offset);
                        if (verdict.Outcome == WireOutcome.Refused) _sink.Refuse(SocketError.ConnectionRefused, verdict.Reason);
                        else if (verdict.Outcome == WireOutcome.Unreachable) _sink.Refuse(SocketError.HostUnreachable, verdict.Reason);
                        break;
                    case FrameKind.Datagram:
                        _sink.Take(body);
                        break;
                    case FrameKind.PortUnreachable:
                        _sink.Refuse(SocketError.ConnectionRefused, Encoding.UTF8.GetString(body));
                        break;
                    default:
                        throw new WireException($"Fabric: a frame of kind {kind} came for a datagram socket.");
                }
            }
        }
        finally
        {
            _broken = true;
            _outgoing.Writer.TryComplete();
        }
    }
}
