namespace ClusterEmu.Client;

/// <summary>Which stretches of the log watches have seen whole. What happened outside of them, nobody can say for certain.</summary>
internal sealed class WatchCoverage
{
    private readonly Dictionary<(string Resource, string? Namespace), List<(long From, long To)>> _stretches = [];

    public WatchCoverage(IEnumerable<HistoryWatch> watches)
    {
        foreach (var group in watches.Where(watch => watch.Events.Count > 0).GroupBy(watch => (watch.Resource, watch.Namespace)))
            _stretches[group.Key] = Merge(group.Select(watch => (watch.From, To: watch.Events.Max(told => told.Revision))).OrderBy(stretch => stretch.From));
    }

    /// <summary>Whether every change of an object after one revision and up to another was told to somebody.</summary>
    public bool IsWhole(HistoryObject target, long after, long upTo) =>
        after >= upTo || Has((target.Resource, target.Key.Namespace), after, upTo) || Has((target.Resource, null), after, upTo);

    private bool Has((string, string?) place, long after, long upTo) =>
        _stretches.TryGetValue(place, out var stretches) && stretches.Exists(stretch => stretch.From <= after && upTo <= stretch.To);

    private static List<(long From, long To)> Merge(IEnumerable<(long From, long To)> ascending)
    {
        var merged = new List<(long From, long To)>();
        foreach (var (from, to) in ascending)
        {
            if (merged.Count > 0 && from <= merged[^1].To) merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            else merged.Add((from, to));
        }
        return merged;
    }
}
