namespace ClusterEmu.ControlPlane.Storage;

/// <summary>The kept end of the log, bounded by bytes and age. Owned by one actor.</summary>
/// <remarks>Entries are contiguous: the entry of revision r lies at position r - oldest.</remarks>
public sealed class EventWindow
{
    private StoreEvent[] _ring = new StoreEvent[64];
    private int _head;
    private int _count;

    /// <param name="compacted">The last revision whose entry is not kept. A watch can start from here or later.</param>
    public EventWindow(long compacted) => Compacted = compacted;

    /// <summary>The last revision whose entry is gone. Watches start from here or later; older ones get 410.</summary>
    public long Compacted { get; private set; }

    public int Count => _count;

    /// <summary>Bytes kept alive, about.</summary>
    public long Size { get; private set; }

    /// <summary>The newest entry's revision; <see cref="Compacted"/> if there is none.</summary>
    public long Newest => Compacted + _count;

    /// <exception cref="InvalidOperationException">The entry does not follow the newest one.</exception>
    public void Append(StoreEvent entry)
    {
        if (entry.Revision != Newest + 1)
            throw new InvalidOperationException($"Log entry {entry.Revision} cannot follow {Newest}: entries must be contiguous.");
        if (_count == _ring.Length)
        {
            var bigger = new StoreEvent[_ring.Length * 2];
            for (var i = 0; i < _count; i++) bigger[i] = _ring[(_head + i) % _ring.Length];
            _ring = bigger;
            _head = 0;
        }
        _ring[(_head + _count) % _ring.Length] = entry;
        _count++;
        Size += entry.Size;
    }

    /// <summary>The entry of a revision after <see cref="Compacted"/> and up to <see cref="Newest"/>.</summary>
    public StoreEvent this[long revision]
    {
        get
        {
            var offset = revision - Compacted - 1;
            ArgumentOutOfRangeException.ThrowIfNegative(offset, nameof(revision));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, _count, nameof(revision));
            return _ring[(int)((_head + offset) % _ring.Length)];
        }
    }

    /// <summary>Drops the oldest entries until at most <paramref name="maxBytes"/> are left and none is older than <paramref name="minTime"/>.</summary>
    /// <returns>What was dropped, oldest first.</returns>
    public IReadOnlyList<StoreEvent> Trim(long maxBytes, long minTime)
    {
        List<StoreEvent>? dropped = null;
        while (_count > 0 && (Size > maxBytes || _ring[_head].AtMicroseconds < minTime))
        {
            var oldest = _ring[_head];
            _ring[_head] = null!;
            _head = (_head + 1) % _ring.Length;
            _count--;
            Size -= oldest.Size;
            Compacted = oldest.Revision;
            (dropped ??= []).Add(oldest);
        }
        return dropped ?? (IReadOnlyList<StoreEvent>)[];
    }
}
