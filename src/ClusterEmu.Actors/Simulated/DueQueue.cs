namespace ClusterEmu.Actors;

/// <summary>What is due when: a heap with four children to a node. What is due at the same time comes out in the order in which it went in.</summary>
internal sealed class DueQueue
{
    private Entry[] _heap = new Entry[64];
    private long _sequence;

    public int Count { get; private set; }

    /// <summary>When the next is due, in ticks; <see cref="long.MaxValue"/> if nothing is.</summary>
    public long NextTicks => Count == 0 ? long.MaxValue : _heap[0].DueTicks;

    /// <param name="dueTicks">When.</param>
    /// <param name="work">What.</param>
    /// <param name="tag">Handed to it.</param>
    public void Add(long dueTicks, SimulatedWork work, long tag)
    {
        if (Count == _heap.Length) Array.Resize(ref _heap, Count * 2);
        var entry = new Entry(dueTicks, _sequence++, work, tag);
        var place = Count++;
        while (place > 0)
        {
            var parent = (place - 1) / 4;
            if (!entry.Before(_heap[parent])) break;
            _heap[place] = _heap[parent];
            place = parent;
        }

        _heap[place] = entry;
    }

    /// <summary>Takes the next one out. There must be one.</summary>
    public (SimulatedWork Work, long Tag) Take()
    {
        var first = _heap[0];
        var entry = _heap[--Count];
        _heap[Count] = default;
        if (Count > 0) SiftDown(entry);
        return (first.Work, first.Tag);
    }

    private void SiftDown(in Entry entry)
    {
        var place = 0;
        while (true)
        {
            var child = (place * 4) + 1;
            if (child >= Count) break;
            var least = child;
            var end = Math.Min(child + 4, Count);
            for (var other = child + 1; other < end; other++)
                if (_heap[other].Before(_heap[least])) least = other;
            if (!_heap[least].Before(entry)) break;
            _heap[place] = _heap[least];
            place = least;
        }

        _heap[place] = entry;
    }

    private readonly record struct Entry(long DueTicks, long Sequence, SimulatedWork Work, long Tag)
    {
        public bool Before(in Entry other) => DueTicks != other.DueTicks ? DueTicks < other.DueTicks : Sequence < other.Sequence;
    }
}
