using System.Collections.Concurrent;
using System.Threading.Channels;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

/// <summary>An emulated network that sends everything back, after it failed as often as it was told to.</summary>
internal sealed class FaultyFabric : IFabric
{
    private int _open;

    /// <summary>Each fails one dial, or one datagram.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>Datagram sockets that are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    public Task<DialResult> DialAsync(Dial dial, CancellationToken cancellationToken)
    {
        if (Failures.TryDequeue(out var failure)) return Task.FromException<DialResult>(failure);
        var (client, server) = PipeConnection.Open();
        _ = server.CopyToAsync(server, cancellationToken);
        return Task.FromResult(new DialResult(DialOutcome.Connected, client, default, dial.Destination, "echo", "", []));
    }

    public Task<IDatagramChannel> OpenDatagramsAsync(Dial dial, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        return Task.FromResult<IDatagramChannel>(new Echo(this));
    }

    private sealed class Echo(FaultyFabric fabric) : IDatagramChannel
    {
        private readonly Channel<byte[]> _answers = Channel.CreateUnbounded<byte[]>();
        private int _disposed;

        public IpPort Local => default;
        public IReadOnlyList<TraceHop> Hops => [];

        public async ValueTask SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            if (fabric.Failures.TryDequeue(out var failure)) throw failure;
            await _answers.Writer.WriteAsync(payload.ToArray(), cancellationToken);
        }

        public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) => await _answers.Reader.ReadAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) Interlocked.Decrement(ref fabric._open);
            return ValueTask.CompletedTask;
        }
    }
}
