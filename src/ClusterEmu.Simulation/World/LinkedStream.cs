namespace ClusterEmu.Simulation;

/// <summary>One direction of a connection: what is sent arrives in order, once; what the link loses is sent again. Holds back while it is told to.</summary>
/// <param name="world">Whose links it uses.</param>
/// <param name="from">The sender's site.</param>
/// <param name="to">The receiver's site.</param>
/// <param name="isHeld">While true nothing is sent; what waits is kept. Null: never.</param>
internal sealed class LinkedStream(SimulatedWorld world, string from, string to, Func<bool>? isHeld = null)
{
    private const long FirstRetryMicroseconds = 200_000;
    private const long LastRetryMicroseconds = 3_200_000;
    private const long HeldMicroseconds = 50_000;

    private readonly Queue<Action> _waiting = new();
    private long _notBefore;
    private long _retry = FirstRetryMicroseconds;
    private bool _closed;

    /// <summary>Carries out <paramref name="arrive"/> at the other end once it gets there.</summary>
    public void Send(Action arrive)
    {
        if (_closed) return;
        if (_waiting.Count > 0 || !TrySend(arrive)) Wait(arrive);
    }

    /// <summary>What is on its way or waits does not arrive any more.</summary>
    public void Close()
    {
        _closed = true;
        _waiting.Clear();
    }

    private bool TrySend(Action arrive)
    {
        if (isHeld?.Invoke() == true || world.Links.Travel(from, to) is not { } travel) return false;
        _notBefore = Math.Max(_notBefore, world.Now + travel);
        world.Executor.At(_notBefore, () =>
        {
            if (!_closed) arrive();
        });
        return true;
    }

    private void Wait(Action arrive)
    {
        _waiting.Enqueue(arrive);
        if (_waiting.Count == 1) RetryLater();
    }

    private void RetryLater()
    {
        var pause = HeldMicroseconds;
        if (isHeld?.Invoke() != true)
        {
            pause = _retry;
            _retry = Math.Min(_retry * 2, LastRetryMicroseconds);
        }
        world.Executor.At(world.Now + pause, Retry);
    }

    private void Retry()
    {
        if (_closed) return;
        while (_waiting.TryPeek(out var next))
        {
            if (!TrySend(next))
            {
                RetryLater();
                return;
            }
            _waiting.Dequeue();
            _retry = FirstRetryMicroseconds;
        }
    }
}
