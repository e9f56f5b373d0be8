using System.Net.Sockets;

namespace ClusterEmu.Fabric;

/// <summary>One end of an emulated TCP connection: bytes both ways, half-close, reset, back-pressure.</summary>
/// <remarks>
/// As on Linux: reading ends with 0 after the peer's half-close or close; bytes that came before a reset can still be
/// read; then reading and writing throw an <see cref="IOException"/> around a <see cref="SocketException"/> with
/// ConnectionReset. Disposing with unread bytes resets. One reader and one writer at a time.
/// A read into an empty buffer waits for bytes and takes none.
/// </remarks>
public abstract class FabricStream : Stream
{
    private Action? _onClosed;
    private int _closed;

    /// <summary>Half-close (FIN): the peer reads to its end; this side may go on reading. Twice is harmless.</summary>
    public abstract void CompleteWrites();

    /// <summary>Resets the connection (RST): both ends fail from now on. The first reason is kept.</summary>
    public abstract void Abort(string reason);

    /// <summary>A machine on the way is without power, so the peer hears nothing of this end, not even that it closes.</summary>
    public virtual bool IsCut => false;

    /// <summary>Runs <paramref name="action"/> once, when this end is disposed or reset by its owner; at once if it already is.</summary>
    public void OnClosed(Action action)
    {
        lock (this)
        {
            if (_closed == 0)
            {
                _onClosed += action;
                return;
            }
        }
        action();
    }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException("A connection has no length.");
    public override long Position
    {
        get => throw new NotSupportedException("A connection has no position.");
        set => throw new NotSupportedException("A connection has no position.");
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A connection cannot seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A connection has no length.");

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw Blocks(nameof(ReadAsync));

    public override void Write(byte[] buffer, int offset, int count) => throw Blocks(nameof(WriteAsync));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected void RaiseClosed()
    {
        Action? action;
        lock (this)
        {
            if (_closed != 0) return;
            _closed = 1;
            action = _onClosed;
            _onClosed = null;
        }
        action?.Invoke();
    }

    private static NotSupportedException Blocks(string instead) =>
        new($"An emulated connection never blocks a thread. Await {instead}.");

    internal static IOException Failure(SocketError error, string reason) => new(reason, new SocketException((int)error));
}
