namespace ClusterEmu.Client;

/// <summary>Whether the writes of a history are linearizable. Revisions say in which order they happened, so that no order has to be searched for.</summary>
internal static class WriteChecks
{
    public static void Check(IReadOnlyList<HistoryWrite> writes, KnownLog log, List<HistoryProblem> problems)
    {
        RealTime(writes, problems);
        Once(writes, log, problems);
        foreach (var write in writes)
        {
            if (write is { Outcome: HistoryOutcome.Done, Revision: > 0 }) Basis(write, log, problems);
        }
    }

    /// <summary>A write that was acknowledged before another was sent has the smaller revision.</summary>
    private static void RealTime(IReadOnlyList<HistoryWrite> writes, List<HistoryProblem> problems)
    {
        var done = writes.Where(write => write is { Outcome: HistoryOutcome.Done, Revision: > 0 }).ToList();
        var byReturn = done.OrderBy(write => write.ReturnedAt).ToList();
        var returned = 0;
        HistoryWrite? newest = null;
        var newestOf = new Dictionary<HistoryObject, HistoryWrite>();
        foreach (var write in done.OrderBy(write => write.InvokedAt))
        {
            for (; returned < byReturn.Count && byReturn[returned].ReturnedAt < write.InvokedAt; returned++)
            {
                var earlier = byReturn[returned];
                if (newest is null || earlier.Revision > newest.Revision) newest = earlier;
                if (!newestOf.TryGetValue(earlier.Target, out var known) || known.Revision < earlier.Revision) newestOf[earlier.Target] = earlier;
            }
            // A write that changes nothing is answered with the revision that the object has: it cannot be compared with other objects'.
            var before = write.Verb == HistoryVerb.Create ? newest : newestOf.GetValueOrDefault(write.Target);
            if (before is not null && write.Revision < before.Revision)
                problems.Add(new HistoryProblem(HistoryGuarantee.Writes, $"{write} was sent after {before} had been acknowledged."));
        }
    }

    /// <summary>What was written under a value is in the log once if acknowledged, never if refused, at most once if nobody knows.</summary>
    private static void Once(IReadOnlyList<HistoryWrite> writes, KnownLog log, List<HistoryProblem> problems)
    {
        var revisions = new Dictionary<(HistoryObject, string), List<KnownChange>>();
        foreach (var (target, changes) in log.ByTarget)
        {
            for (var i = 0; i < changes.Count; i++)
            {
                var change = changes[i];
                if (change.IsGone || change.Value.Length == 0 || (i > 0 && !changes[i - 1].IsGone && changes[i - 1].Value == change.Value)) continue; // Somebody else changed another field.
                if (!revisions.TryGetValue((target, change.Value), out var list)) revisions[(target, change.Value)] = list = [];
                list.Add(change);
            }
        }
        foreach (var write in writes)
        {
            if (write.Value.Length == 0 || write.Verb == HistoryVerb.Delete) continue;
            var found = revisions.GetValueOrDefault((write.Target, write.Value)) ?? [];
            if (found.Count > 1)
                problems.Add(new HistoryProblem(HistoryGuarantee.Writes, $"{write} happened {found.Count} times: at revisions {string.Join(", ", found.Select(change => change.Revision))}."));
            if (write.Outcome == HistoryOutcome.Refused && found.Count > 0)
                problems.Add(new HistoryProblem(HistoryGuarantee.Writes, $"{write} was refused, but happened at revision {found[0].Revision}."));
        }
    }

    /// <summary>An acknowledged write is in the log under its revision, on top of what it named.</summary>
    private static void Basis(HistoryWrite write, KnownLog log, List<HistoryProblem> problems)
    {
        if (write.Verb == HistoryVerb.Delete) return;
        var before = log.CertainAt(write.Target, write.Revision - 1);
        if (write.Verb == HistoryVerb.Create && before is { IsGone: false })
            problems.Add(new HistoryProblem(HistoryGuarantee.Writes, $"{write} was acknowledged, but the object existed: at revision {before.Revision}."));
        if (write.Verb == HistoryVerb.Update && before is { IsGone: true })
            problems.Add(new HistoryProblem(HistoryGuarantee.Writes, $"{write} was acknowledged, but the object was gone: since revision {before.Revision}."));
        before = log.At(write.Target, write.Revision - 1);
        if (write.Precondition > 0 && before is not null && before.Revision > write.Precondition)
            problems.Add(new HistoryProblem(HistoryGuarantee.Writes, $"{write} named revision {write.Precondition}, but replaced revision {before.Revision}."));
    }
}
