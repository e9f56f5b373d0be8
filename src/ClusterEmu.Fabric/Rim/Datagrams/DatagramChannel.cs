using System.Net.Sockets;
using System.Threading.Channels;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>An emulated UDP socket of a sender in this process. At most 256 answers wait to be read; more are lost.</summary>
internal sealed class DatagramChannel : IDatagramChannel, IDatagramSink
{
    private readonly Channel<(byte[]? Payload, SocketError Error)> _incoming =
        Channel.CreateBounded<(byte[]? Payload, SocketError Error)>(
            new BoundedChannelOptions(RemoteDatagrams.QueueLength) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly DatagramPath _path;
    private readonly HopLog _hops;
    private readonly Action _returnPort;
    private int _disposed;

    public DatagramChannel(FlowRouter router, FabricConnector connector, Dial dial, int port, Action returnPort)
    {
        Local = new IpPort(dial.Source, port);
        _hops = new HopLog(dial.Trace);
        _returnPort = returnPort;
        var flow = new Flow(IpProtocol.Udp, Local, dial.Destination);
        _hops.Add(dial.Sender, "send", flow.ToString());
        _path = new DatagramPath(router, connector, dial.From ?? FlowRouter.Outside, dial.Origin, flow, NextHop.Limit, dial.Sender, _hops, this);
    }

    public IpPort Local { get; }
    public IReadOnlyList<TraceHop> Hops => _hops.Hops;

    public ValueTask SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => _path.SendAsync(payload, cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (payload, error) = await _incoming.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return payload ?? throw new SocketException((int)error);
        }
        catch (ChannelClosedException)
        {
            throw new SocketException((int)SocketError.OperationAborted);
        }
    }

    void IDatagramSink.Take(ReadOnlyMemory<byte> payload) => _incoming.Writer.TryWrite((payload.ToArray(), SocketError.Success));

    void IDatagramSink.Refuse(SocketError error, string reason) => _incoming.Writer.TryWrite((null, error));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _incoming.Writer.TryComplete();
        await _path.DisposeAsync().ConfigureAwait(false);
        _returnPort();
    }
}
