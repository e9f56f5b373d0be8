namespace ClusterEmu.ControlPlane.Storage;

/// <summary>A journal that keeps its entries in memory: for simulation and tests, and for clusters that need not outlive their process.</summary>
/// <remarks>Calls complete at once, by messages to the caller. Owned by the actor that calls it; a successor may take it over.</remarks>
public sealed class InMemoryJournal : IJournal
{
    private const int PageEntries = 1000;
    private readonly SortedDictionary<long, JournalEntry> _entries = [];
    private long _compacted;

    public void Append(JournalBatch batch, IActorRef replyTo)
    {
        foreach (var entry in batch.Entries)
        {
            if (!_entries.ContainsKey(entry.Revision)) continue;
            replyTo.Tell(new JournalFailed("append", $"Revision {entry.Revision} is in the journal already. Two writers use it: stop one."), ActorRefs.NoSender);
            return;
        }
        foreach (var entry in batch.Entries) _entries.Add(entry.Revision, entry);
        replyTo.Tell(new JournalAppended(batch.LastRevision), ActorRefs.NoSender);
    }

    public void Read(long afterRevision, IActorRef replyTo)
    {
        var page = new List<JournalEntry>();
        foreach (var (revision, entry) in _entries)
        {
            if (revision <= afterRevision) continue;
            if (page.Count == PageEntries)
            {
                replyTo.Tell(new JournalPage(page, _compacted, Last: false), ActorRefs.NoSender);
                page = [];
            }
            page.Add(entry);
        }
        replyTo.Tell(new JournalPage(page, _compacted, Last: true), ActorRefs.NoSender);
    }

    public void Compact(long compacted, IReadOnlyList<long> garbage, IActorRef replyTo)
    {
        foreach (var revision in garbage) _entries.Remove(revision);
        _compacted = Math.Max(_compacted, compacted);
        replyTo.Tell(new JournalCompacted(_compacted), ActorRefs.NoSender);
    }

    public void Dispose()
    {
        // The entries stay: whoever holds this journal may open a store on it again.
    }
}
