namespace ClusterEmu.Client.Tests;

/// <summary>Histories of a server without mistakes pass; each kind of mistake, planted into one, is found and named.</summary>
public sealed class HistoryCheckerTests
{
    [Fact]
    public void HistoriesOfAServerWithoutMistakes_Pass()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var problems = HistoryChecker.Check(new HistoryModel(seed).Make());
            Assert.True(problems.Count == 0, $"seed {seed}: {string.Join('\n', problems)}");
        }
    }

    [Fact]
    public void EveryPlantedMistake_IsFoundByItsGuarantee()
    {
        foreach (var (name, guarantee, plant) in Mistakes)
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var history = plant(new HistoryModel(seed).Make());
                var problems = HistoryChecker.Check(history);
                Assert.True(problems.Any(problem => problem.Guarantee == guarantee), $"{name} (seed {seed}) was not found as {guarantee}, but as: {string.Join('\n', problems)}");
            }
        }
    }

    private static IEnumerable<(string Name, HistoryGuarantee Guarantee, Func<ApiHistory, ApiHistory> Plant)> Mistakes =>
    [
        ("events out of order", HistoryGuarantee.Ordered, history => InWatch(history, events => (events[5], events[6]) = (events[6], events[5]))),
        ("a revision from before the beginning", HistoryGuarantee.Ordered, history => InWatch(history, events => events.Add(events[0]))),
        ("an event twice", HistoryGuarantee.Unique, history => InWatch(history, events => events.Insert(6, events[5]))),
        ("an event lost in the middle", HistoryGuarantee.Reliable, history => InWatch(history, events => events.RemoveAt(7))),
        ("a watch resumed one revision late", HistoryGuarantee.Resumable, history => InWatch(history, events => events.RemoveAt(0))),
        ("an event after its bookmark", HistoryGuarantee.Bookmarkable, history => InWatch(history, events => events.Insert(4, Bookmark(events[6].Revision)))),
        ("a bookmark that covers what was never told", HistoryGuarantee.Bookmarkable, history => InWatch(history, events =>
        {
            var last = events[^1].Revision;
            events.RemoveAt(events.Count - 1);
            events.Add(Bookmark(last));
        })),
        ("one revision for two objects", HistoryGuarantee.Atomic, history => InWatch(history, events => events[3] = events[3] with { Target = HistoryModel.Object(99) })),
        ("two values of one revision", HistoryGuarantee.Atomic, history => InWatch(history, events =>
        {
            var at = events.FindIndex(told => told.Value.Length > 0);
            events[at] = events[at] with { Value = "other" };
        })),
        ("a new object told as changed", HistoryGuarantee.Atomic, history => InWatch(history, events =>
        {
            var at = events.FindIndex(20, told => told.Type == WatchEventType.Added);
            events[at] = events[at] with { Type = WatchEventType.Modified };
        })),
        ("an acknowledged creation of what exists", HistoryGuarantee.Writes, history => InWrites(history, write => write.Verb == HistoryVerb.Update && write.Outcome == HistoryOutcome.Done, write => write with { Verb = HistoryVerb.Create })),
        ("an update that ignores its precondition", HistoryGuarantee.Writes, history => InWrites(history, write => write is { Precondition: > 101, Outcome: HistoryOutcome.Done }, write => write with { Precondition = 101 })),
        ("a refused write that happened", HistoryGuarantee.Writes, history => InWrites(history, write => write is { Outcome: HistoryOutcome.Done, Verb: not HistoryVerb.Delete }, write => write with { Outcome = HistoryOutcome.Refused, Revision = 0 })),
        ("a write that happened twice", HistoryGuarantee.Writes, history =>
        {
            var write = history.Writes.First(write => write is { Outcome: HistoryOutcome.Done, Verb: not HistoryVerb.Delete });
            history.Add(write with { InvokedAt = 1_000_000, ReturnedAt = 1_000_001, Revision = 100_000 });
            return history;
        }),
        ("a write acknowledged with a revision of the past", HistoryGuarantee.Writes, history => InWrites(history, write => write is { Outcome: HistoryOutcome.Done, Verb: HistoryVerb.Create }, write => write with { InvokedAt = 1_000_000, ReturnedAt = 1_000_001 })),
        ("a stale get", HistoryGuarantee.Reads, history => InReads(history, read => read is { Target: not null, Revision: > 110 }, read => read with { Revision = 101, InvokedAt = 1_000_000 })),
        ("a get that misses what is there", HistoryGuarantee.Reads, history =>
        {
            var writes = history.Writes;
            var write = writes.Where(IsCreated).First(write => !writes.SkipWhile(other => other != write).Skip(1).TakeWhile(other => !IsCreated(other)).Any(other => other.Verb == HistoryVerb.Delete));
            history.Add(new HistoryRead("client-9", write.ReturnedAt + 1, write.ReturnedAt + 2, 0, []) { Target = write.Target });
            return history;
        }),
        ("a stale list", HistoryGuarantee.Reads, history => InReads(history, read => read.Listed is not null, read => read with { Revision = 100, InvokedAt = 1_000_000 })),
        ("a list that lacks an object", HistoryGuarantee.Reads, history => InReads(history, read => read.Listed is not null && read.Seen.Count > 1, read => read with { Seen = [.. read.Seen.Skip(1)] })),
        ("a list that shows an old state", HistoryGuarantee.Reads, history => InReads(
            history, read => read.Listed is not null && read.Seen.Any(item => item.Revision > 101), read => read with { Seen = [.. read.Seen.Select(item => (item.Target, 101L))] })),
    ];

    private static bool IsCreated(HistoryWrite write) => write is { Outcome: HistoryOutcome.Done, Verb: HistoryVerb.Create };

    private static HistoryEvent Bookmark(long revision) => new(WatchEventType.Bookmark, default, revision);

    /// <summary>Changes the events of one watch; the last one, which saw everything, stays as it is and is the witness.</summary>
    private static ApiHistory InWatch(ApiHistory history, Action<List<HistoryEvent>> change)
    {
        var watch = new HistoryWatch("liar", HistoryModel.Resource, null, 100);
        watch.Events.AddRange(history.Watches[^1].Events.Where(told => told.Type != WatchEventType.Bookmark));
        change(watch.Events);
        history.Add(watch);
        return history;
    }

    private static ApiHistory InWrites(ApiHistory history, Func<HistoryWrite, bool> which, Func<HistoryWrite, HistoryWrite> change)
    {
        var changed = false;
        return Copy(history, write => !changed && which(write) && (changed = true) ? change(write) : write, read => read);
    }

    private static ApiHistory InReads(ApiHistory history, Func<HistoryRead, bool> which, Func<HistoryRead, HistoryRead> change)
    {
        var last = history.Reads.Last(which);
        return Copy(history, write => write, read => ReferenceEquals(read, last) ? change(read) : read);
    }

    private static ApiHistory Copy(ApiHistory history, Func<HistoryWrite, HistoryWrite> writes, Func<HistoryRead, HistoryRead> reads)
    {
        var copy = new ApiHistory();
        foreach (var write in history.Writes) copy.Add(writes(write));
        foreach (var read in history.Reads) copy.Add(reads(read));
        foreach (var watch in history.Watches) copy.Add(watch);
        return copy;
    }
}
