namespace ClusterEmu.Actors;

/// <summary>How often a child was restarted in the current window of time. Ticks: 100 ns of the system's clock.</summary>
internal sealed class RestartStats
{
    private int _restarts;
    private long? _windowStart;

    /// <param name="retries">Restarts allowed per window; below 0: any number. 0: none.</param>
    /// <param name="windowMilliseconds">0 or less: the window never ends.</param>
    /// <param name="nowTicks">The present time.</param>
    public bool RequestRestart(int retries, int windowMilliseconds, long nowTicks)
    {
        if (retries == 0) return false;
        if (windowMilliseconds <= 0)
        {
            if (retries < 0) return true;
            _restarts++;
            return _restarts <= retries;
        }

        var allowed = retries > 0 ? retries : 1;
        _windowStart ??= nowTicks;
        if (nowTicks - _windowStart <= windowMilliseconds * TimeSpan.TicksPerMillisecond)
        {
            _restarts++;
            return _restarts <= allowed;
        }

        _restarts = 1;
        _windowStart = nowTicks;
        return true;
    }
}
