namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Which of the journal's entries nothing needs any more, once history may be forgotten. Pure bookkeeping of one writer.</summary>
/// <remarks>
/// An object's older states must never outlive its deletion's entry: whoever reads the journal then would bring the object back. So what could
/// not be forgotten is tried again with all that follows, and it does not matter who asks for how much, and when.
/// </remarks>
internal sealed class JournalGarbage
{
    private readonly Queue<(long Revision, long? Superseded, bool IsEnd)> _ahead = new();
    private readonly List<long> _due = [];
    private long _wanted;
    private long _asked;

    /// <summary>The compaction that the journal is carrying out; null: none.</summary>
    private List<long>? _underway;

    /// <summary>An entry that is in the journal now, in the order of revisions.</summary>
    public void Add(StoreEvent change)
    {
        var end = change.Type == StoreEventType.Deleted;
        if (change.Previous is { } previous) _ahead.Enqueue((change.Revision, previous.Revision, end));
        else if (end) _ahead.Enqueue((change.Revision, null, true));
    }

    /// <summary>History up to a revision is not needed any more. What the journal is to forget now; null: nothing, until it has answered.</summary>
    public (long Compacted, IReadOnlyList<long> Garbage)? Forget(long compacted)
    {
        _wanted = Math.Max(_wanted, compacted);
        return Next();
    }

    /// <summary>The journal has forgotten what it was asked to. What is next; null: nothing.</summary>
    public (long Compacted, IReadOnlyList<long> Garbage)? Done()
    {
        _underway = null;
        return _wanted > _asked ? Next() : null;
    }

    /// <summary>The journal could not: nothing of it was forgotten. It comes with the next that is to be forgotten.</summary>
    public void Failed()
    {
        if (_underway is { } failed) _due.InsertRange(0, failed);
        _underway = null;
    }

    private (long Compacted, IReadOnlyList<long> Garbage)? Next()
    {
        if (_underway is not null) return null;
        while (_ahead.TryPeek(out var oldest) && oldest.Revision <= _wanted)
        {
            _ahead.Dequeue();
            if (oldest.Superseded is { } superseded) _due.Add(superseded);
            if (oldest.IsEnd) _due.Add(oldest.Revision);
        }
        _underway = [.. _due];
        _due.Clear();
        _asked = _wanted;
        return (_wanted, _underway);
    }
}
