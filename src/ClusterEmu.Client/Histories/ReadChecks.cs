namespace ClusterEmu.Client;

/// <summary>Whether reads show a state that was current while they were asked for.</summary>
internal static class ReadChecks
{
    public static void Check(ApiHistory history, KnownLog log, List<HistoryProblem> problems)
    {
        var byReturn = history.Writes.Where(write => write is { Outcome: HistoryOutcome.Done, Revision: > 0 }).OrderBy(write => write.ReturnedAt).ToList();
        var returned = 0;
        var newest = new Dictionary<HistoryObject, HistoryWrite>();
        var floor = 0L;
        foreach (var read in history.Reads.OrderBy(read => read.InvokedAt))
        {
            for (; returned < byReturn.Count && byReturn[returned].ReturnedAt < read.InvokedAt; returned++)
            {
                var write = byReturn[returned];
                floor = Math.Max(floor, write.Revision);
                if (!newest.TryGetValue(write.Target, out var known) || known.Revision < write.Revision) newest[write.Target] = write;
            }
            if (read.Target is { } target) OfGet(read, target, newest.GetValueOrDefault(target), log, problems);
            else OfList(read, floor, log, problems);
        }
    }

    private static void OfGet(HistoryRead read, HistoryObject target, HistoryWrite? acknowledged, KnownLog log, List<HistoryProblem> problems)
    {
        if (acknowledged is null) return;
        if (read.Revision > 0 && read.Revision < acknowledged.Revision)
            problems.Add(new HistoryProblem(HistoryGuarantee.Reads, $"A get of {target} by {read.Client} showed revision {read.Revision}, but {acknowledged} had been acknowledged before."));
        if (read.Revision > 0 || acknowledged.Verb == HistoryVerb.Delete) return;
        if (log.ByTarget.TryGetValue(target, out var changes) && !changes.Exists(change => change.IsGone && change.Revision > acknowledged.Revision))
            problems.Add(new HistoryProblem(HistoryGuarantee.Reads, $"A get of {target} by {read.Client} found nothing, but {acknowledged} had been acknowledged before, and nothing ended it."));
    }

    private static void OfList(HistoryRead read, long floor, KnownLog log, List<HistoryProblem> problems)
    {
        if (read.Revision < floor)
            problems.Add(new HistoryProblem(HistoryGuarantee.Reads, $"A list by {read.Client} showed revision {read.Revision}, but {floor} had been acknowledged before."));
        foreach (var (target, revision) in read.Seen)
        {
            var should = log.At(target, read.Revision);
            if (should is not null && should.Revision > revision)
                problems.Add(new HistoryProblem(HistoryGuarantee.Reads, $"A list by {read.Client} at revision {read.Revision} showed {target} with revision {revision}; it was {(should.IsGone ? "gone since" : "at")} revision {should.Revision}."));
        }
        if (read.Listed is not var (resource, ns)) return;
        var seen = read.Seen.Select(item => item.Target).ToHashSet();
        foreach (var target in log.ByTarget.Keys)
        {
            if (target.Resource != resource || (ns is not null && ns != target.Key.Namespace) || seen.Contains(target)) continue;
            if (log.At(target, read.Revision) is { IsGone: false } missing)
                problems.Add(new HistoryProblem(HistoryGuarantee.Reads, $"A list by {read.Client} at revision {read.Revision} lacked {target}, which was at revision {missing.Revision}."));
        }
    }
}
