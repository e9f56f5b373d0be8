using System.Net.Sockets;

namespace ClusterEmu.Fabric;

/// <summary>An end of a connection whose other end is behind a real TCP socket: another process, the API server, a program on the host.</summary>
/// <remarks>Half-close, reset and back-pressure are the kernel's own.</remarks>
public sealed class SocketEnd(Socket socket) : FabricStream
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const byte TcpStateClosed = 7;
    private string? _resetReason;
    private int _disposed;
    private int _completed;
    private int _writeHeardReset;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            return count > 0 || buffer.IsEmpty || !WasReset() ? count : throw new SocketException((int)SocketError.ConnectionReset);
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
            if (error is SocketException { SocketErrorCode: SocketError.ConnectionReset }) Volatile.Write(ref _writeHeardReset, 1);
            throw Translate(error);
        }
    }

    public override void CompleteWrites()
    {
        Volatile.Write(ref _completed, 1);
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

    /// <summary>
    /// Whether what looks like the stream's end is a reset. The kernel tells of a reset once: if a write heard of it first, a read finds nothing
    /// more than an end. But an end leaves the connection half open until this side closes it too, and a reset does not.
    /// </summary>
    /// <remarks>Source: Linux, net/ipv4/tcp.c (tcp_recvmsg_locked: sk_err is told before the state), include/net/tcp_states.h.</remarks>
    private bool WasReset()
    {
        if (Volatile.Read(ref _writeHeardReset) == 1) return true;
        if (Volatile.Read(ref _completed) == 1 || !OperatingSystem.IsLinux()) return false;
        Span<byte> state = stackalloc byte[1];
        return socket.GetRawSocketOption(TcpLevel, TcpInfo, state) == 1 && state[0] == TcpStateClosed;
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
