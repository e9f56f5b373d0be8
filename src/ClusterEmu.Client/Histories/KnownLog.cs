namespace ClusterEmu.Client;

/// <summary>One change that somebody has seen.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Target">The object.</param>
/// <param name="Gone">Whether the object went with it; null if nobody said: an update may take away the last finalizer of an object that is on its way out.</param>
/// <param name="IsNew">True if it came into being; null if nobody said.</param>
/// <param name="Value">What tells its state from others; empty if not known.</param>
public sealed record KnownChange(long Revision, HistoryObject Target, bool? Gone, bool? IsNew, string Value)
{
    /// <summary>Known to have taken the object away.</summary>
    public bool IsGone => Gone == true;
}

/// <summary>The server's log, as far as all clients together have seen it.</summary>
public sealed class KnownLog
{
    private readonly Dictionary<long, KnownChange> _changes = [];
    private readonly Dictionary<string, List<KnownChange>> _byResource = new(StringComparer.Ordinal);
    private readonly Dictionary<HistoryObject, List<KnownChange>> _byTarget = [];
    private readonly WatchCoverage _coverage;

    /// <summary>Puts together what watches brought and what acknowledged writes said.</summary>
    /// <param name="history">The evidence.</param>
    /// <param name="problems">Gets a line for each revision that two clients saw differently.</param>
    public KnownLog(ApiHistory history, List<HistoryProblem> problems)
    {
        _coverage = new WatchCoverage(history.Watches);
        foreach (var watch in history.Watches)
        {
            foreach (var told in watch.Events)
            {
                if (told.Type is WatchEventType.Bookmark) continue;
                var change = new KnownChange(told.Revision, told.Target, told.Type == WatchEventType.Deleted, told.Type == WatchEventType.Added, told.Value);
                Add(change, $"{watch}", problems);
            }
        }
        foreach (var write in history.Writes)
        {
            if (write is not { Outcome: HistoryOutcome.Done, Revision: > 0, Verb: not HistoryVerb.Delete }) continue;
            Add(new KnownChange(write.Revision, write.Target, write.Verb == HistoryVerb.Create ? false : null, write.Verb == HistoryVerb.Create ? true : null, write.Value), $"the answer to {write}", problems);
        }
        foreach (var change in _changes.Values.OrderBy(change => change.Revision))
        {
            if (!_byTarget.TryGetValue(change.Target, out var ofTarget)) _byTarget[change.Target] = ofTarget = [];
            ofTarget.Add(change);
            if (!_byResource.TryGetValue(change.Target.Resource, out var ofResource)) _byResource[change.Target.Resource] = ofResource = [];
            ofResource.Add(change);
        }
    }

    /// <summary>The changes of each object, by revision.</summary>
    public IReadOnlyDictionary<HistoryObject, List<KnownChange>> ByTarget => _byTarget;

    /// <summary>The known changes of a kind after one revision and up to another, by revision.</summary>
    public IEnumerable<KnownChange> Between(string resource, long after, long last)
    {
        if (!_byResource.TryGetValue(resource, out var changes)) yield break;
        for (var i = CountUpTo(changes, after); i < changes.Count && changes[i].Revision <= last; i++) yield return changes[i];
    }

    /// <summary>The object's change that was its newest at a revision; null if none is known, or if there may have been others that nobody saw.</summary>
    public KnownChange? CertainAt(HistoryObject target, long revision) =>
        At(target, revision) is { } known && IsWhole(target, known.Revision, revision) ? known : null;

    /// <inheritdoc cref="WatchCoverage.IsWhole"/>
    internal bool IsWhole(HistoryObject target, long after, long upTo) => _coverage.IsWhole(target, after, upTo);

    /// <summary>The object's newest known change up to a revision; null if none is known.</summary>
    public KnownChange? At(HistoryObject target, long revision)
    {
        if (!_byTarget.TryGetValue(target, out var changes)) return null;
        var count = CountUpTo(changes, revision);
        return count == 0 ? null : changes[count - 1];
    }

    private static int CountUpTo(List<KnownChange> changes, long revision)
    {
        var (low, high) = (0, changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (changes[middle].Revision <= revision) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Add(KnownChange change, string source, List<HistoryProblem> problems)
    {
        if (!_changes.TryGetValue(change.Revision, out var known))
        {
            _changes.Add(change.Revision, change);
            return;
        }
        if (known.Target != change.Target || Disagree(known.Gone, change.Gone) || Disagree(known.IsNew, change.IsNew) || (known.Value.Length > 0 && change.Value.Length > 0 && known.Value != change.Value))
        {
            problems.Add(new HistoryProblem(HistoryGuarantee.Atomic,
                $"Revision {change.Revision} is {Describe(change)} in {source}, but {Describe(known)} elsewhere."));
        }
        else
        {
            _changes[change.Revision] = known with { Value = known.Value.Length > 0 ? known.Value : change.Value, Gone = known.Gone ?? change.Gone, IsNew = known.IsNew ?? change.IsNew };
        }
    }

    private static bool Disagree(bool? one, bool? other) => one is not null && other is not null && one != other;

    private static string Describe(KnownChange change) => $"{(change.IsGone ? "the end of " : change.IsNew switch { true => "the beginning of ", false => "a change of ", null => "" })}{change.Target}{(change.Value.Length > 0 ? $" with value {change.Value}" : "")}";
}
