using System.Net.Sockets;

namespace ClusterEmu.Fabric;

/// <summary>An end of a connection whose other end is behind a real TCP socket: another process, the API server, a program on the host.</summary>
/// <remarks>Half-close, reset and back-pressure are the kernel's own.</remarks>
public sealed class SocketEnd(Socket socket) : FabricStream
{
    private string? _resetReason;
    private int _disposed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw Translate(error);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (!buffer.IsEmpty)
                buffer = buffer[await socket.SendAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw Translate(error);
        }
    }

    public override void CompleteWrites()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The connection is over already, and the next read or write says how.
            Interlocked.CompareExchange(ref _resetReason, error.Message, null);
        }
    }

    public override void Abort(string reason)
    {
        Interlocked.CompareExchange(ref _resetReason, reason, null);
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0); // Closing then sends RST.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                Interlocked.CompareExchange(ref _resetReason, error.Message, null); // Gone already: nothing to reset.
            }
            // Not Dispose: while a read is pending, that would end the connection in good order (FIN) before it resets it.
            socket.Close(timeout: 0);
        }
        RaiseClosed();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) socket.Dispose();
            RaiseClosed();
        }
        base.Dispose(disposing);
    }

    /// <summary>Sorts socket errors: reset and aborted are the network's, anything else is told as it is.</summary>
    private IOException Translate(Exception error)
    {
        if (Volatile.Read(ref _resetReason) is { } reason) return Failure(SocketError.ConnectionReset, reason);
        return error switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted } =>
                Failure(SocketError.ConnectionReset, "The peer reset the connection."),
            SocketException other => new IOException($"The connection broke: {other.Message}", other),
            _ => Failure(SocketError.OperationAborted, "This end of the connection is closed."),
        };
    }
}
