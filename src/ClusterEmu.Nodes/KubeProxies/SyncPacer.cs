namespace ClusterEmu.Nodes;

/// <summary>Says when the next sync may be: a burst at once, then one per period.</summary>
/// <remarks>Source: pkg/util/async/bounded_frequency_runner.go. The limiter is a token bucket that holds the burst and gains one token a period.</remarks>
public sealed class SyncPacer
{
    private readonly long _period;
    private readonly long _burst;

    // In microseconds of credit; a sync costs one period.
    private long _credit;
    private long _asOf;

    /// <param name="period">Time between syncs once the burst is used up; 0 never waits.</param>
    /// <param name="burst">Syncs at once; 1 or more.</param>
    /// <param name="now">Microseconds.</param>
    public SyncPacer(TimeSpan period, int burst, long now)
    {
        _period = (long)period.TotalMicroseconds;
        _burst = burst;
        _credit = _period * burst;
        _asOf = now;
    }

    /// <summary>Takes a token and returns 0, or takes none and returns how many microseconds to wait.</summary>
    public long TryTake(long now)
    {
        _credit = Math.Min(_period * _burst, _credit + (now - _asOf));
        _asOf = now;
        if (_credit < _period) return _period - _credit;
        _credit -= _period;
        return 0;
    }
}
