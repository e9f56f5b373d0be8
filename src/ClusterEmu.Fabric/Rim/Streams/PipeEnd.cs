using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace ClusterEmu.Fabric;

/// <summary>An end of a connection inside this process: it reads from one pipe and writes to the other.</summary>
/// <remarks>
/// A pipe side must not be completed under a reader or writer that is inside it, so each side has a small gate: whoever
/// leaves last completes it.
/// </remarks>
internal sealed class PipeEnd(PipeReader input, PipeWriter output, PipeConnection connection) : FabricStream
{
    private const int Idle = 0, Busy = 1, BusyThenClosed = 2, Closed = 3;
    private const int ChunkBytes = 16 * 1024;
    private int _reading;
    private int _writing;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Enter(ref _reading)) throw Ended(writing: false);
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (result.IsCanceled)
                {
                    input.AdvanceTo(result.Buffer.Start);
                    if (Volatile.Read(ref _reading) == BusyThenClosed) throw Ended(writing: false);
                    continue;
                }
                if (!result.Buffer.IsEmpty)
                {
                    var taken = (int)Math.Min(result.Buffer.Length, buffer.Length);
                    var slice = result.Buffer.Slice(0, taken);
                    slice.CopyTo(buffer.Span);
                    input.AdvanceTo(slice.End);
                    return taken;
                }
                input.AdvanceTo(result.Buffer.End);
                if (!result.IsCompleted) continue;
                return connection.ResetReason is { } reason ? throw Failure(SocketError.ConnectionReset, reason) : 0;
            }
        }
        finally
        {
            if (Leave(ref _reading)) input.Complete();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Enter(ref _writing)) throw Ended(writing: true);
        try
        {
            if (connection.ResetReason is { } before) throw Failure(SocketError.ConnectionReset, before);
            while (!buffer.IsEmpty)
            {
                var chunk = buffer[..Math.Min(ChunkBytes, buffer.Length)];
                buffer = buffer[chunk.Length..];
                var result = await output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                if (result.IsCompleted)
                    throw Failure(SocketError.ConnectionReset, connection.ResetReason ?? "The peer has closed the connection.");
                if (result.IsCanceled) throw Ended(writing: true);
            }
        }
        finally
        {
            if (Leave(ref _writing)) output.Complete();
        }
    }

    public override void CompleteWrites() => CloseWriter();

    public override void Abort(string reason)
    {
        connection.Reset(reason);
        RaiseClosed();
    }

    /// <summary>Ends both sides of this end; called by both ends' resets.</summary>
    internal void CloseBoth()
    {
        CloseWriter();
        CloseReader();
    }

    /// <summary>Ends the writing side only: after a reset the peer may still read what came before.</summary>
    internal void CloseWriter()
    {
        if (BeginClose(ref _writing)) output.Complete();
        else output.CancelPendingFlush();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (HasUnread()) connection.Reset("The peer closed the connection without reading all that was sent.");
            CloseBoth();
            RaiseClosed();
        }
        base.Dispose(disposing);
    }

    private void CloseReader()
    {
        if (BeginClose(ref _reading)) input.Complete();
        else input.CancelPendingRead();
    }

    private bool HasUnread()
    {
        if (Interlocked.CompareExchange(ref _reading, Busy, Idle) != Idle) return false;
        try
        {
            if (!input.TryRead(out var result)) return false;
            input.AdvanceTo(result.Buffer.Start);
            return !result.Buffer.IsEmpty;
        }
        finally
        {
            if (Leave(ref _reading)) input.Complete();
        }
    }

    private IOException Ended(bool writing) => connection.ResetReason is { } reason
        ? Failure(SocketError.ConnectionReset, reason)
        : writing
            ? Failure(SocketError.Shutdown, "This end has finished writing; nothing can follow.")
            : Failure(SocketError.OperationAborted, "This end of the connection is closed.");

    private static bool Enter(ref int gate) => Interlocked.CompareExchange(ref gate, Busy, Idle) switch
    {
        Idle => true,
        Closed or BusyThenClosed => false,
        _ => throw new InvalidOperationException("Two reads or two writes at once on one end of a connection. Await the first."),
    };

    /// <summary>True if the caller must now complete its side of the pipe.</summary>
    private static bool Leave(ref int gate)
    {
        if (Interlocked.CompareExchange(ref gate, Idle, Busy) == Busy) return false;
        Volatile.Write(ref gate, Closed);
        return true;
    }

    /// <summary>True if nobody is inside, so that the caller must complete the side.</summary>
    private static bool BeginClose(ref int gate)
    {
        while (true)
        {
            var now = Volatile.Read(ref gate);
            if (now is Closed or BusyThenClosed) return false;
            if (Interlocked.CompareExchange(ref gate, now == Idle ? Closed : BusyThenClosed, now) == now) return now == Idle;
        }
    }
}
