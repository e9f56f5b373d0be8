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
        var ceilings = new Ceilings(history.Writes);
        foreach (var read in history.Reads.OrderBy(read => read.InvokedAt))
        {
            for (; returned < byReturn.Count && byReturn[returned].ReturnedAt < read.InvokedAt; returned++)
            {
                var write = byReturn[returned];
                floor = Math.Max(floor, write.Revision);
                if (!newest.TryGetValue(write.Target, out var known) || known.Revision < write.Revision) newest[write.Target] = write;
            }
            if (read.Target is { } target) OfGet(read, target, newest.GetValueOrDefault(target), ceilings.Of(read), log, problems);
            else OfList(read, floor, log, problems);
        }
    }

    /// <param name="read">The get.</param>
    /// <param name="target">What it asked for.</param>
    /// <param name="acknowledged">The newest write of it that was acknowledged before.</param>
    /// <param name="ceiling">The get saw a state before this revision.</param>
    /// <param name="log">What is known.</param>
    /// <param name="problems">Gets what is wrong.</param>
    private static void OfGet(HistoryRead read, HistoryObject target, HistoryWrite? acknowledged, long ceiling, KnownLog log, List<HistoryProblem> problems)
    {
        if (acknowledged is null) return;
        if (read.Revision > 0 && read.Revision < acknowledged.Revision)
            problems.Add(new HistoryProblem(HistoryGuarantee.Reads, $"A get of {target} by {read.Client} showed revision {read.Revision}, but {acknowledged} had been acknowledged before."));
        if (read.Revision > 0 || acknowledged.Verb == HistoryVerb.Delete) return;
        var wasWhole = ceiling > acknowledged.Revision && log.IsWhole(target, acknowledged.Revision, ceiling - 1);
        if (wasWhole && !log.ByTarget[target].Exists(change => change.IsGone && change.Revision >= acknowledged.Revision && change.Revision < ceiling))
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
            if (log.CertainAt(target, read.Revision) is { IsGone: false } missing)
                problems.Add(new HistoryProblem(HistoryGuarantee.Reads, $"A list by {read.Client} at revision {read.Revision} lacked {target}, which was at revision {missing.Revision}."));
        }
    }

    /// <summary>Revisions that were surely given out after a read: those of objects that were created by calls sent after its answer.</summary>
    private sealed class Ceilings
    {
        private readonly List<HistoryWrite> _creations;
        private readonly long[] _lowest;

        public Ceilings(IReadOnlyList<HistoryWrite> writes)
        {
            _creations = [.. writes.Where(write => write is { Verb: HistoryVerb.Create, Outcome: HistoryOutcome.Done, Revision: > 0 }).OrderBy(write => write.InvokedAt)];
            _lowest = new long[_creations.Count + 1];
            _lowest[^1] = 0;
            for (var i = _creations.Count - 1; i >= 0; i--) _lowest[i] = _lowest[i + 1] == 0 ? _creations[i].Revision : Math.Min(_lowest[i + 1], _creations[i].Revision);
        }

        /// <summary>0 if nothing was created later.</summary>
        public long Of(HistoryRead read)
        {
            var (low, high) = (0, _creations.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_creations[middle].InvokedAt <= read.ReturnedAt) low = middle + 1;
                else high = middle;
            }
            return _lowest[low];
        }
    }
}
