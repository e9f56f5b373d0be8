using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Rebuilds the objects, what is derived from them, and the log's kept end, from a journal's entries.</summary>
internal sealed class StoreRecovery(StoreOptions options, long atMicroseconds)
{
    private readonly Dictionary<string, KindInfo> _kinds = options.Kinds.ToDictionary(kind => kind.QualifiedPlural, StringComparer.Ordinal);
    private readonly List<StoreEvent> _history = [];
    private readonly List<StoreEvent> _unforgotten = [];
    private StoreState _state = new(StoreSnapshot.Empty, options.InitialDerived);

    /// <summary>The objects and the derived state after all entries so far.</summary>
    public StoreState State => _state;

    /// <summary>Entries whose history is complete, oldest first.</summary>
    public IReadOnlyList<StoreEvent> History => _history;

    /// <summary>Entries by which others in the journal are superseded, oldest first: what compaction still has to take, or once failed to.</summary>
    public IReadOnlyList<StoreEvent> Unforgotten => _unforgotten;

    public long Compacted { get; private set; } = Revisions.Empty;

    /// <exception cref="InvalidOperationException">An entry names a kind that this version does not serve.</exception>
    public void Add(JournalPage page)
    {
        Compacted = Math.Max(Compacted, page.Compacted);
        foreach (var entry in page.Entries)
        {
            if (!_kinds.TryGetValue(entry.Resource, out var kind))
            {
                throw new InvalidOperationException(
                    $"The journal holds {entry.Resource} at revision {entry.Revision}, which this version does not serve. " +
                    "Start it with the version that wrote it, or with a new state directory.");
            }
            var stored = StoredObject.FromJournal(kind, entry.Revision, entry.Json);
            var previous = _state.Objects.Find(kind, stored.Namespace, stored.Name);
            var change = new StoreEvent(entry.Revision, entry.Type, stored, previous, atMicroseconds);
            _state = new StoreState(_state.Objects.Apply(change), options.Fold(_state.Derived, change));
            if (entry.Revision > Compacted) _history.Add(change);
            if (previous is not null || entry.Type == StoreEventType.Deleted) _unforgotten.Add(change);
        }
        if (page.Last) _state = _state with { Objects = _state.Objects.AtLeast(Compacted) };
    }
}
