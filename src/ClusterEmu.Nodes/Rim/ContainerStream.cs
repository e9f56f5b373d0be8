using System.Net.Sockets;
using ClusterEmu.Fabric;

namespace ClusterEmu.Nodes;

/// <summary>A container's end of a connection: can be closed by its process's end, or fall silent with its machine.</summary>
/// <param name="inner">The connection.</param>
/// <param name="closed">Told once, when this end is disposed.</param>
internal sealed class ContainerStream(Stream inner, Action<ContainerStream> closed) : Stream
{
    private readonly TaskCompletionSource _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException("A connection has no length.");
    public override long Position
    {
        get => throw new NotSupportedException("A connection has no position.");
        set => throw new NotSupportedException("A connection has no position.");
    }

    /// <summary>The machine lost its power: nothing is read or written any more, and the peer hears nothing, not even of a close.</summary>
    public void Silence() => _silence.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(buffer, cancellationToken);
        if (read.IsCompleted && !_silence.Task.IsCompleted) return await read.ConfigureAwait(false);
        var task = read.AsTask();
        await Task.WhenAny(task, _silence.Task).ConfigureAwait(false);
        if (_silence.Task.IsCompleted) throw Lost();
        return await task.ConfigureAwait(false);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_silence.Task.IsCompleted) throw Lost();
        await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A connection cannot seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A connection has no length.");

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            // A machine without power says no farewell: the peer finds out by its own time-outs.
            if (!_silence.Task.IsCompleted || inner is FabricStream { IsCut: true }) inner.Dispose();
            closed(this);
        }

        base.Dispose(disposing);
    }

    private static IOException Lost() => new("The machine lost its power.", new SocketException((int)SocketError.NetworkDown));
}
