using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ClusterEmu.Fabric;

/// <summary>An end of a connection that runs through machines of this process, which may lose their power.</summary>
/// <remarks>
/// While one has none, nothing that is sent arrives, not even a close: both peers wait, until their own time-outs. What is written
/// vanishes, up to a send buffer's worth; what was not acknowledged for <see cref="RetransmissionLimit"/> fails, as on Linux.
/// Once the machine has power again, it resets the connection as soon as anything of it comes by. An idle one is left in peace.
/// Unlike in a real network, that reset is told to both ends, not only to the one that sent.
/// </remarks>
internal sealed class LineEnd(FabricStream inner, Line line) : FabricStream
{
    /// <summary>Linux gives up on unacknowledged data after 924.6 s (net.ipv4.tcp_retries2 = 15).</summary>
    public static readonly TimeSpan RetransmissionLimit = TimeSpan.FromSeconds(924.6);
    private const string Reborn = "A machine on the way lost its power and has it again; it knows nothing of the connection and resets it.";
    private readonly Lock _lock = new();
    private TaskCompletionSource? _ended;
    private IOException? _failure;
    private int _lost;
    private int _writing;
    private bool _unheard;
    private bool _parked;

    /// <summary>The connection is cut, and nobody may hear of it: closing says nothing to the peer.</summary>
    public override bool IsCut => line.State == LineState.Silent;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (line.State == LineState.Whole) return count;
        }
        catch (IOException error)
        {
            if (Volatile.Read(ref _failure) is { } failure) throw failure;
            if (line.State != LineState.Silent || Volatile.Read(ref _parked)) throw;
            await EndAsync(heard: true, cancellationToken).ConfigureAwait(false);
            throw new IOException(error.Message, error);
        }
        if (line.State == LineState.Over) throw Break(Reborn);
        // It came too late: the machine it had to pass is dark, and whoever sent it will send it again.
        await EndAsync(heard: false, cancellationToken).ConfigureAwait(false);
        throw Break(Reborn);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _failure) is { } failure) throw failure;
        switch (line.State)
        {
            case LineState.Over:
                throw Break(Reborn);
            case LineState.Silent when !Volatile.Read(ref _parked):
                if (Lose(buffer.Length)) return;
                await EndAsync(heard: false, cancellationToken).ConfigureAwait(false);
                throw Break(Reborn);
            default:
                Volatile.Write(ref _writing, 1);
                try
                {
                    await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
                }
                catch (IOException) when (Volatile.Read(ref _failure) is { } why)
                {
                    throw why;
                }
                finally
                {
                    Volatile.Write(ref _writing, 0);
                }
                return;
        }
    }

    public override void CompleteWrites()
    {
        if (line.State == LineState.Silent) Lose(0);
        else if (line.State == LineState.Over) Break(Reborn);
        else inner.CompleteWrites();
    }

    public override void Abort(string reason)
    {
        if (!Park()) inner.Abort(reason);
        RaiseClosed();
    }

    /// <summary>The machines have power again.</summary>
    public void Return()
    {
        bool parked, sends;
        lock (_lock) (parked, sends) = (_parked, _unheard || Volatile.Read(ref _writing) == 1);
        if (parked) _ = AnswerAsync();
        else if (sends) Break(Reborn);
    }

    /// <summary>Resets the connection, for both ends.</summary>
    /// <returns>What reading and writing fail with from now on.</returns>
    public IOException Break(string reason) => Fail(SocketError.ConnectionReset, reason);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (line.State == LineState.Over) inner.Abort(Reborn);
            else if (!Park()) inner.Dispose();
            RaiseClosed();
        }
        base.Dispose(disposing);
    }

    /// <summary>Leaves the connection as it is, open for its peer, if its end must not be heard.</summary>
    private bool Park()
    {
        lock (_lock)
        {
            if (line.State != LineState.Silent || _failure is not null) return false;
            _parked = true;
            _failure = Failure(SocketError.OperationAborted, "This end of the connection is closed.");
            _ended?.TrySetResult();
            return true;
        }
    }

    /// <summary>In the name of a machine that knows nothing of the connection: waits for anything of it, and resets it.</summary>
    private async Task AnswerAsync()
    {
        try
        {
            await inner.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
            inner.Abort(Reborn);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            inner.Abort(Reborn); // The peer has gone, or a read of the old owner waits still: there is nobody to be patient for.
        }
    }

    /// <returns>False if the send buffer is full.</returns>
    private bool Lose(int bytes)
    {
        lock (_lock)
        {
            if (!_unheard) _ = GiveUpAsync();
            _unheard = true;
            if (_lost + bytes > PipeConnection.WindowBytes) return false;
            _lost += bytes;
            return true;
        }
    }

    private async Task GiveUpAsync()
    {
        await Task.Delay(RetransmissionLimit).ConfigureAwait(false);
        if (line.State == LineState.Silent && !Volatile.Read(ref _parked)) Fail(SocketError.TimedOut, "Nobody acknowledged what was sent: connection timed out.");
    }

    /// <summary>Waits until this end is closed or broken, and throws what it fails with; returns if neither can come any more.</summary>
    private async Task EndAsync(bool heard, CancellationToken cancellationToken)
    {
        Task ended;
        lock (_lock)
        {
            if (_failure is { } already) throw already;
            if (line.State != LineState.Silent) return;
            if (!heard) _unheard = true;
            ended = (_ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        await ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        throw Volatile.Read(ref _failure) ?? Failure(SocketError.ConnectionReset, Reborn);
    }

    private IOException Fail(SocketError error, string reason)
    {
        IOException failure;
        lock (_lock)
        {
            failure = _failure ??= Failure(error, reason);
            _ended?.TrySetResult();
        }
        inner.Abort(reason);
        return failure;
    }
}
