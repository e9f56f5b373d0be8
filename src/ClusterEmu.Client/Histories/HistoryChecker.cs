namespace ClusterEmu.Client;

/// <summary>What an API server promises of its watches and writes. The first six are etcd's watch guarantees, which Kubernetes hands on.</summary>
/// <remarks>Source: etcd.io/docs learning/api_guarantees; kubernetes.io/docs reference/using-api/api-concepts.</remarks>
public enum HistoryGuarantee
{
    /// <summary>Events come by revision.</summary>
    Ordered,

    /// <summary>No event comes twice in one watch.</summary>
    Unique,

    /// <summary>Within what a watch has covered, nothing is left out.</summary>
    Reliable,

    /// <summary>A revision is one thing, and comes whole: all see the same under it.</summary>
    Atomic,

    /// <summary>A watch that begins after a revision brings what followed that revision, beginning with the first.</summary>
    Resumable,

    /// <summary>After a bookmark comes nothing that the bookmark covers, and all that it covers came before.</summary>
    Bookmarkable,

    /// <summary>Acknowledged writes happened once, between call and answer, on top of the state that they named; refused ones never did.</summary>
    Writes,

    /// <summary>Reads show a state that was current at some moment between call and answer.</summary>
    Reads,
}

/// <summary>One promise that was not kept.</summary>
public sealed record HistoryProblem(HistoryGuarantee Guarantee, string Message)
{
    public override string ToString() => $"{Guarantee}: {Message}";
}

/// <summary>Holds a history against an API server's promises.</summary>
public static class HistoryChecker
{
    /// <summary>Every problem, the most basic ones first; empty if all promises were kept.</summary>
    /// <remarks>Takes O(n log n) for n events and writes, plus the log for each list. Pure: the same history gives the same answer.</remarks>
    public static IReadOnlyList<HistoryProblem> Check(ApiHistory history)
    {
        var problems = new List<HistoryProblem>();
        var log = new KnownLog(history, problems);
        foreach (var watch in history.Watches)
        {
            WatchChecks.Ordered(watch, problems);
            WatchChecks.Unique(watch, problems);
            WatchChecks.Bookmarkable(watch, log, problems);
            WatchChecks.Resumable(watch, log, problems);
            WatchChecks.Reliable(watch, log, problems);
            WatchChecks.Types(watch, log, problems);
        }
        WriteChecks.Check(history.Writes, log, problems);
        ReadChecks.Check(history, log, problems);
        return problems;
    }
}
