namespace ClusterEmu.Nodes;

/// <summary>Says when the next sync may be: a burst at once, then one per period.</summary>
/// <remarks>Source: pkg/util/async/bounded_frequency_runner.go. The limiter is a token bucket that holds the burst and gains one token a period.</remarks>
public sealed class SyncPacer
{
    /// <summary>What is left of the syncs at start is lost after so many microseconds.</summary>
    private const long StartEnds = 10_000_000;

    private readonly long _period;
    private readonly long _burst;

    // In microseconds of credit; a sync costs one period.
    private long _credit;
    private long _asOf;
    private readonly long _began;

    /// <param name="period">Time between syncs once the burst is used up; 0 never waits.</param>
    /// <param name="burst">Syncs at once; 1 or more.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="atStart">Syncs at once in the first 10 s, if more than the burst: a cluster that starts changes quickly.</param>
    public SyncPacer(TimeSpan period, int burst, long now, int atStart = 0)
    {
        _period = (long)period.TotalMicroseconds;
        _burst = burst;
        _credit = _period * Math.Max(burst, atStart);
        _asOf = _began = now;
    }

    /// <summary>Takes a token and returns 0, or takes none and returns how many microseconds to wait.</summary>
    public long TryTake(long now)
    {
        var full = _period * _burst;
        if (_credit <= full || now - _began >= StartEnds) _credit = Math.Min(full, _credit + (now - _asOf));
        _asOf = now;
        if (_credit < _period) return _period - _credit;
        _credit -= _period;
        return 0;
    }
}
