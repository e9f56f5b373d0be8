namespace ClusterEmu.ControlPlane.Storage;

/// <summary>The states that the store was in lately, so that a list can show one of them exactly. Bounded by commits and changes.</summary>
/// <remarks>States share nearly all objects. The writer adds, any thread asks; both hold the lock for a moment only.</remarks>
internal sealed class SnapshotHistory
{
    /// <summary>Commits that are kept at most.</summary>
    public const int MaxCommits = 1024;

    /// <summary>Changes in the kept commits at most: what they replaced stays in memory with them.</summary>
    public const int MaxChanges = 16_384;

    private readonly Lock _lock = new();
    private readonly Queue<Commit> _commits = new();
    private int _changes;

    private sealed record Commit(StoreSnapshot Before, StoreSnapshot After, IReadOnlyList<StoreEvent> Changes);

    /// <summary>Notes one more commit: the state before it, the state after it, and what it changed.</summary>
    public void Add(StoreSnapshot before, StoreSnapshot after, IReadOnlyList<StoreEvent> changes)
    {
        lock (_lock)
        {
            _commits.Enqueue(new Commit(before, after, changes));
            _changes += changes.Count;
            while (_commits.Count > 1 && (_commits.Count > MaxCommits || _changes > MaxChanges)) _changes -= _commits.Dequeue().Changes.Count;
        }
    }

    /// <summary>The state right after the write of this revision; null if it is no longer kept, or not yet there.</summary>
    public StoreSnapshot? At(long revision)
    {
        Commit? found = null;
        lock (_lock)
        {
            foreach (var commit in _commits)
            {
                if (commit.After.Revision < revision) continue;
                found = commit;
                break;
            }
        }
        if (found is null || found.Before.Revision > revision) return null;
        if (found.After.Revision == revision) return found.After;
        var snapshot = found.Before;
        foreach (var change in found.Changes)
        {
            if (change.Revision > revision) break;
            snapshot = snapshot.Apply(change);
        }
        return snapshot.Revision == revision ? snapshot : null;
    }
}
