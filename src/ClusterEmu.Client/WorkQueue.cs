namespace ClusterEmu.Client;

/// <summary>
/// The queue of a controller: an item is in it once, is never worked on twice at the same time, and comes back if it
/// was added while it was worked on. As client-go's util/workqueue, without its goroutines: time is passed in.
/// </summary>
/// <remarks>All times are microseconds of one clock that never goes back (<c>Determinism.Microseconds</c>). Not thread-safe.</remarks>
public sealed class WorkQueue<T> where T : notnull
{
    private readonly BackOff _backOff;
    private readonly Queue<T> _ready = new();
    private readonly HashSet<T> _dirty = [];
    private readonly HashSet<T> _processing = [];
    private readonly PriorityQueue<T, (long Due, long Order)> _waiting = new();
    private readonly Dictionary<T, long> _dueOf = [];
    private readonly Dictionary<T, int> _failures = [];
    private long _order;

    /// <param name="backOff">Delays of items that failed. Null: 5 ms, doubled up to 1000 s, as client-go.</param>
    public WorkQueue(BackOff? backOff = null) => _backOff = backOff ?? BackOff.Default;

    /// <summary>Items that can be taken now, not counting those whose time is still to come.</summary>
    public int Count => _ready.Count;

    /// <summary>Items taken and not yet done.</summary>
    public int InProgress => _processing.Count;

    /// <summary>When the earliest delayed item becomes ready; null if there is none.</summary>
    public long? NextDue
    {
        get
        {
            DropStale();
            return _waiting.TryPeek(out _, out var priority) ? priority.Due : null;
        }
    }

    /// <summary>Adds the item unless it is queued already. If it is worked on, it is queued again when that is done.</summary>
    public void Add(T item)
    {
        if (!_dirty.Add(item) || _processing.Contains(item)) return;
        _ready.Enqueue(item);
    }

    /// <summary>Adds the item later. If it waits already, the earlier time counts.</summary>
    public void AddAfter(T item, TimeSpan delay, long now)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(item);
            return;
        }
        var due = now + (long)delay.TotalMicroseconds;
        if (_dueOf.TryGetValue(item, out var known) && known <= due) return;
        _dueOf[item] = due;
        _waiting.Enqueue(item, (due, _order++));
    }

    /// <summary>Adds an item that failed, after its back-off. <see cref="Forget"/> resets the back-off.</summary>
    /// <returns>The delay.</returns>
    public TimeSpan AddRateLimited(T item, long now)
    {
        var failures = Failures(item);
        _failures[item] = failures + 1;
        var delay = _backOff.After(failures);
        AddAfter(item, delay, now);
        return delay;
    }

    /// <summary>How often the item was added by <see cref="AddRateLimited"/> since it was last forgotten.</summary>
    public int Failures(T item) => _failures.GetValueOrDefault(item);

    /// <summary>Says that the item succeeded: its next failure waits the shortest time again.</summary>
    public void Forget(T item) => _failures.Remove(item);

    /// <summary>Takes the item that is ready longest. Call <see cref="Done"/> when it has been worked on.</summary>
    public bool TryTake(long now, out T item)
    {
        while (_waiting.TryPeek(out var waiting, out var priority) && priority.Due <= now)
        {
            _waiting.Dequeue();
            if (_dueOf.TryGetValue(waiting, out var due) && due == priority.Due)
            {
                _dueOf.Remove(waiting);
                Add(waiting);
            }
        }
        if (!_ready.TryDequeue(out item!)) return false;
        _processing.Add(item);
        _dirty.Remove(item);
        return true;
    }

    /// <summary>Ends the work on an item taken. If it was added meanwhile, it is ready again.</summary>
    public void Done(T item)
    {
        if (_processing.Remove(item) && _dirty.Contains(item)) _ready.Enqueue(item);
    }

    private void DropStale()
    {
        while (_waiting.TryPeek(out var item, out var priority)
            && !(_dueOf.TryGetValue(item, out var due) && due == priority.Due))
        {
            _waiting.Dequeue();
        }
    }
}

/// <summary>A delay that doubles with each failure in a row.</summary>
/// <param name="Base">After the first failure. Above 0.</param>
/// <param name="Max">No delay is longer.</param>
public sealed record BackOff(TimeSpan Base, TimeSpan Max)
{
    /// <summary>5 ms up to 1000 s: client-go's DefaultTypedControllerRateLimiter, per item.</summary>
    public static readonly BackOff Default = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1000));

    /// <summary>The delay after <paramref name="failures"/> earlier failures in a row (0 at the first).</summary>
    public TimeSpan After(int failures)
    {
        if (failures >= 40) return Max; // Beyond any sensible maximum; keeps the shift in range.
        var ticks = (double)Base.Ticks * (1L << failures);
        return ticks >= Max.Ticks ? Max : TimeSpan.FromTicks((long)ticks);
    }
}
