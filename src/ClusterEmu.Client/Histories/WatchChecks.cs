namespace ClusterEmu.Client;

/// <summary>The six guarantees of a watch, each a function of its own.</summary>
internal static class WatchChecks
{
    public static void Ordered(HistoryWatch watch, List<HistoryProblem> problems)
    {
        var last = watch.From;
        foreach (var told in watch.Events)
        {
            var behind = told.Type == WatchEventType.Bookmark ? told.Revision < last : told.Revision <= watch.From || told.Revision < last;
            if (behind) problems.Add(new HistoryProblem(HistoryGuarantee.Ordered, $"{Title(watch)} brought revision {told.Revision} after {last}."));
            last = Math.Max(last, told.Revision);
        }
    }

    public static void Unique(HistoryWatch watch, List<HistoryProblem> problems)
    {
        var seen = new HashSet<long>();
        foreach (var told in watch.Events)
        {
            if (told.Type != WatchEventType.Bookmark && !seen.Add(told.Revision))
                problems.Add(new HistoryProblem(HistoryGuarantee.Unique, $"{Title(watch)} brought revision {told.Revision} twice."));
        }
    }

    /// <summary>Nothing that a bookmark covers comes after it; what it covers and was not told is found by <see cref="Reliable"/>.</summary>
    public static void Bookmarkable(HistoryWatch watch, KnownLog log, List<HistoryProblem> problems)
    {
        var covered = 0L;
        var told = new HashSet<long>();
        foreach (var change in watch.Events)
        {
            if (change.Type != WatchEventType.Bookmark)
            {
                told.Add(change.Revision);
                if (change.Revision <= covered)
                    problems.Add(new HistoryProblem(HistoryGuarantee.Bookmarkable, $"{Title(watch)} brought revision {change.Revision} after a bookmark for {covered}."));
                continue;
            }
            covered = Math.Max(covered, change.Revision);
        }
        if (covered == 0) return;
        foreach (var change in Between(watch, log, covered))
        {
            if (!told.Contains(change.Revision))
            {
                problems.Add(new HistoryProblem(HistoryGuarantee.Bookmarkable, $"{Title(watch)} brought a bookmark for revision {covered}, but never {change.Revision} of {change.Target}."));
                return;
            }
        }
    }

    /// <summary>The first event is the first one after the beginning.</summary>
    public static void Resumable(HistoryWatch watch, KnownLog log, List<HistoryProblem> problems)
    {
        if (watch.Events.Find(told => told.Type != WatchEventType.Bookmark) is not { } first) return;
        if (Between(watch, log, first.Revision - 1).FirstOrDefault() is { } missed)
            problems.Add(new HistoryProblem(HistoryGuarantee.Resumable, $"{Title(watch)} began with revision {first.Revision}, but {missed.Revision} of {missed.Target} came before that."));
    }

    /// <summary>Between the first and the last event nothing is left out.</summary>
    public static void Reliable(HistoryWatch watch, KnownLog log, List<HistoryProblem> problems)
    {
        var changes = watch.Events.Where(told => told.Type != WatchEventType.Bookmark).ToList();
        if (changes.Count == 0) return;
        var told = changes.Select(change => change.Revision).ToHashSet();
        foreach (var change in Between(watch, log, told.Max()))
        {
            if (change.Revision > changes[0].Revision && !told.Contains(change.Revision))
                problems.Add(new HistoryProblem(HistoryGuarantee.Reliable, $"{Title(watch)} never brought revision {change.Revision} of {change.Target}, but later ones."));
        }
    }

    /// <summary>An object that was not there is ADDED, one that was is MODIFIED or DELETED.</summary>
    public static void Types(HistoryWatch watch, KnownLog log, List<HistoryProblem> problems)
    {
        foreach (var told in watch.Events)
        {
            if (told.Type == WatchEventType.Bookmark || told.Revision <= watch.From || log.CertainAt(told.Target, told.Revision - 1) is not { } before) continue;
            var right = before.IsGone ? told.Type == WatchEventType.Added : told.Type is WatchEventType.Modified or WatchEventType.Deleted;
            if (!right)
                problems.Add(new HistoryProblem(HistoryGuarantee.Atomic, $"{Title(watch)} brought {told.Type} {told.Target} with revision {told.Revision}, but at revision {before.Revision} it {(before.IsGone ? "was gone" : "existed")}."));
        }
    }

    /// <summary>The known changes that the watch selects, after its beginning and up to a revision.</summary>
    private static IEnumerable<KnownChange> Between(HistoryWatch watch, KnownLog log, long last) =>
        log.Between(watch.Resource, watch.From, last).Where(change => watch.Selects(change.Target));

    private static string Title(HistoryWatch watch) => char.ToUpperInvariant($"{watch}"[0]) + $"{watch}"[1..];
}
