namespace ClusterEmu.Simulation;

/// <summary>Which faults are in force: what some invariants promise, they promise for calm times only.</summary>
public sealed class Disturbances
{
    private readonly Func<long> _now;
    private readonly List<string> _inForce = [];
    private long _calmSince;

    internal Disturbances(Func<long> now) => _now = now;

    public IReadOnlyList<string> InForce => _inForce;

    /// <summary>When the last fault ended (0: there was none), in microseconds; null while one is in force.</summary>
    public long? CalmSince => _inForce.Count > 0 ? null : _calmSince;

    /// <summary>Something is disturbed until the handle is disposed.</summary>
    /// <param name="what">Names it in reports.</param>
    public IDisposable Begin(string what)
    {
        _inForce.Add(what);
        return new Ending(this, what);
    }

    private sealed class Ending(Disturbances all, string what) : IDisposable
    {
        private bool _over;

        public void Dispose()
        {
            if (_over) return;
            _over = true;
            all._inForce.Remove(what);
            all._calmSince = all._now();
        }
    }
}
