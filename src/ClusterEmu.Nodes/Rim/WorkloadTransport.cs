using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace ClusterEmu.Nodes;

/// <summary>Kestrel's transport for emulated connections: whoever accepts one hands it in here.</summary>
/// <remarks>Connections wait unbounded: each one that waits was accepted by a container, which bounds nothing either.</remarks>
internal sealed class WorkloadTransport : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _accepted = Channel.CreateUnbounded<ConnectionContext>(new UnboundedChannelOptions { SingleReader = true });

    public EndPoint EndPoint { get; } = new WorkloadEndPoint();

    /// <summary>Hands in a connection; false if the server no longer takes any.</summary>
    public bool TryAdd(ConnectionContext connection) => _accepted.Writer.TryWrite(connection);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is WorkloadEndPoint
            ? ValueTask.FromResult<IConnectionListener>(this)
            : throw new NotSupportedException($"This transport carries emulated connections, not {endpoint}.");

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_accepted.Reader.TryRead(out var connection)) return connection;
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _accepted.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>Where the one server listens: everywhere in the emulated network.</summary>
    internal sealed class WorkloadEndPoint : EndPoint
    {
        public override string ToString() => "emulated containers";
    }
}
