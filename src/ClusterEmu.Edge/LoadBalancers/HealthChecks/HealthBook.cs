namespace ClusterEmu.Edge;

/// <summary>The health checks that run, one for each target however many load balancers ask, and what they say.</summary>
/// <param name="start">Starts the check of a target.</param>
/// <param name="stop">Ends it.</param>
internal sealed class HealthBook(Func<HealthTarget, IActorRef> start, Action<IActorRef> stop)
{
    private readonly Dictionary<HealthTarget, (IActorRef Check, HealthStatus? Status)> _checks = [];

    /// <summary>Starts and stops checks until these, and no others, run.</summary>
    public void Follow(IReadOnlyList<HealthTarget> wanted)
    {
        var set = wanted.ToHashSet();
        foreach (var gone in _checks.Keys.Where(target => !set.Contains(target)).OrderBy(target => target.Address).ToList())
            if (_checks.Remove(gone, out var entry)) stop(entry.Check);
        foreach (var target in wanted)
            if (!_checks.ContainsKey(target)) _checks[target] = (start(target), null);
    }

    /// <returns>False if it comes from a check that does not count any more.</returns>
    public bool Take(HealthObserved observed, IActorRef check)
    {
        if (!_checks.TryGetValue(observed.Target, out var entry) || !entry.Check.Equals(check)) return false;
        _checks[observed.Target] = (check, observed.Status);
        return true;
    }

    /// <summary>What is known now; targets whose first check still runs are not in it.</summary>
    public IReadOnlyDictionary<HealthTarget, HealthStatus> Read()
    {
        var known = new Dictionary<HealthTarget, HealthStatus>();
        foreach (var (target, (_, status)) in _checks)
            if (status is not null) known[target] = status;
        return known;
    }
}
