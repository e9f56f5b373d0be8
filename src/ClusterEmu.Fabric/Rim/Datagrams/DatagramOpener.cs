using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Opens emulated UDP sockets: for senders of this process, and on behalf of other processes.</summary>
internal sealed class DatagramOpener(FlowRouter router, FabricConnector connector, EphemeralPorts ports)
{
    /// <exception cref="SocketException">AddressAlreadyInUse: the sender has used all its ports.</exception>
    public DatagramChannel Open(Dial dial)
    {
        var port = ports.Take(dial.Source, IpProtocol.Udp);
        if (port == 0) throw new SocketException((int)SocketError.AddressAlreadyInUse);
        return new DatagramChannel(router, connector, dial, port, () => ports.Return(dial.Source, IpProtocol.Udp, port));
    }

    /// <summary>Serves another process's socket until that process closes it.</summary>
    public async Task ServeAsync(FabricHeader header, SocketEnd stream, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hops = new HopLog(header.Trace);
        var sink = new FrameSink(hops);
        await using var path = new DatagramPath(
            router, connector, header.Target, (FlowOrigin)header.Origin, header.Flow, header.Ttl, header.Sender, hops, sink);
        var writing = sink.WriteAsync(stream, stopping.Token);
        try
        {
            while (true)
            {
                var (kind, body) = await FrameIo.ReadFrameAsync(stream, stopping.Token).ConfigureAwait(false);
                if (kind != FrameKind.Datagram) throw new WireException($"Fabric: a frame of kind {kind} came for a datagram socket.");
                await path.SendAsync(body, stopping.Token).ConfigureAwait(false);
                sink.Routed();
            }
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    /// <summary>Sends back what comes for the datagrams; the verdict with the hops of the first one goes ahead of all.</summary>
    private sealed class FrameSink(HopLog hops) : IDatagramSink
    {
        private readonly Channel<byte[]> _frames = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(RemoteDatagrams.QueueLength) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        private bool _verdictSent;

        public void Take(ReadOnlyMemory<byte> payload) => Put(DatagramFrame.Write(payload.Span));

        public void Refuse(SocketError error, string reason)
        {
            // The dialler tells the two apart by the verdict only; later refusals count as port unreachable.
            lock (_frames)
            {
                if (!_verdictSent)
                {
                    Verdict(error == SocketError.HostUnreachable ? WireOutcome.Unreachable : WireOutcome.Refused, reason);
                    return;
                }
            }
            Put(FrameCodec.Frame(FrameKind.PortUnreachable, Encoding.UTF8.GetBytes(reason)));
        }

        /// <summary>A datagram was routed: its hops are known now.</summary>
        public void Routed()
        {
            lock (_frames) Verdict(WireOutcome.Connected, "");
        }

        public async Task WriteAsync(SocketEnd stream, CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                    await stream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                stream.Abort($"The answers cannot be sent: {error.Message}");
            }
        }

        private void Put(byte[] frame)
        {
            lock (_frames)
            {
                Verdict(WireOutcome.Connected, "");
                _frames.Writer.TryWrite(frame);
            }
        }

        private void Verdict(WireOutcome outcome, string reason)
        {
            if (_verdictSent) return;
            _verdictSent = true;
            _frames.Writer.TryWrite(new FabricVerdictFrame(outcome, default, "", reason, hops.Hops).Write());
        }
    }
}
