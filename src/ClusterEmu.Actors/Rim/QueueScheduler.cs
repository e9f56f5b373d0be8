namespace ClusterEmu.Actors;

/// <summary>Work for the scheduler that must not be forgotten when the scheduler ends before it is due.</summary>
internal interface IEndsWithScheduler
{
    void SchedulerEnded();
}

/// <summary>
/// The scheduler of both worlds: a heap of entries and one timer of a <see cref="TimeProvider"/>. With the system's
/// provider it is live; with a manual one it runs in virtual time. Entries due at the same time fire in the order they were made.
/// </summary>
internal sealed class QueueScheduler : IScheduler, IAdvancedScheduler, ICancelObserver, IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly List<Entry> _due = [];
    private PriorityQueue<Entry, (long DueTicks, long Sequence)> _entries = new();
    private long _sequence;
    private long _armedFor = long.MaxValue;
    private int _cancelled;
    private bool _firing;
    private bool _disposed;

    public QueueScheduler(TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _timer = clock.CreateTimer(static self => ((QueueScheduler)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private sealed class Entry(ICanTell? receiver, object work, IActorRef? sender, TimeSpan? interval, ICancelable? cancelable)
    {
        public readonly TimeSpan? Interval = interval;
        public long DueTicks;

        public bool IsCancelled => cancelable is { IsCancellationRequested: true };

        public void End()
        {
            if (!IsCancelled) (work as IEndsWithScheduler)?.SchedulerEnded();
        }

        public void Run()
        {
            if (IsCancelled) return;
            if (receiver is not null) receiver.Tell(work, sender!);
            else if (work is Action action) action();
            else ((IRunnable)work).Run();
        }
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public TimeSpan MonotonicClock => _clock.GetElapsedTime(_start);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        Add(delay, new Entry(receiver, message, sender, null, null), null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(delay, new Entry(receiver, message, sender, null, cancelable), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(initialDelay, new Entry(receiver, message, sender, Positive(interval), cancelable), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(delay, new Entry(null, action, null, null, cancelable), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, new Entry(null, action, null, Positive(interval), cancelable), cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Add(delay, new Entry(null, action, null, null, cancelable), cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, new Entry(null, action, null, Positive(interval), cancelable), cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    void ICancelObserver.OnCancelled() => Interlocked.Increment(ref _cancelled);

    /// <summary>Drops all entries, and tells those who wait for one that it will not come.</summary>
    public void Dispose()
    {
        Entry[] dropped;
        lock (_gate)
        {
            _disposed = true;
            dropped = _entries.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element).ToArray();
            _entries.Clear();
        }

        _timer.Dispose();
        foreach (var entry in dropped) entry.End();
    }

    private static TimeSpan Positive(TimeSpan interval) => interval > TimeSpan.Zero
        ? interval
        : throw new ArgumentOutOfRangeException(nameof(interval), interval, "The interval of a repeated schedule must be above 0.");

    private void Add(TimeSpan delay, Entry entry, ICancelable? cancelable)
    {
        if (delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay must be 0 or more; use TimeSpan.Zero for at once.");
        (cancelable as Cancelable)?.Observe(this);
        lock (_gate)
        {
            if (_disposed)
            {
                entry.End();
                return;
            }

            if (_cancelled > 64 && _cancelled > _entries.Count / 2) DropCancelled();
            entry.DueTicks = MonotonicClock.Ticks + delay.Ticks;
            _entries.Enqueue(entry, (entry.DueTicks, _sequence++));
            Arm();
        }
    }

    private void DropCancelled()
    {
        var kept = new PriorityQueue<Entry, (long, long)>(
            _entries.UnorderedItems.Where(item => !item.Element.IsCancelled).Select(item => (item.Element, item.Priority)));
        _entries = kept;
        Interlocked.Exchange(ref _cancelled, 0);
    }

    private void Arm()
    {
        if (_firing || !_entries.TryPeek(out _, out var next) || next.DueTicks >= _armedFor) return;
        _armedFor = next.DueTicks;
        var wait = TimeSpan.FromTicks(next.DueTicks) - MonotonicClock;
        if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        var longest = TimeSpan.FromDays(40); // Timers accept 49 days at most; on an early wake the rest is armed.
        _timer.Change(wait >= longest ? longest : ReferenceEquals(_clock, TimeProvider.System) ? RoundUp(wait) : wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The system's timers know whole milliseconds, and would cut a part of one off.</summary>
    private static TimeSpan RoundUp(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private void Fire()
    {
        lock (_gate)
        {
            if (_firing || _disposed) return;
            _firing = true;
            _armedFor = long.MaxValue;
        }

        while (true)
        {
            lock (_gate)
            {
                TakeDue();
                if (_due.Count == 0)
                {
                    _firing = false;
                    if (!_disposed) Arm();
                    return;
                }
            }

            foreach (var entry in _due) RunSafely(entry);
            _due.Clear();
        }
    }

    private void TakeDue()
    {
        var now = MonotonicClock.Ticks;
        while (_entries.TryPeek(out var entry, out var key) && key.DueTicks <= now)
        {
            _entries.Dequeue();
            if (entry.IsCancelled)
            {
                Interlocked.Decrement(ref _cancelled);
                continue;
            }

            _due.Add(entry);
            if (entry.Interval is not { } interval) continue;
            entry.DueTicks += interval.Ticks;
            if (entry.DueTicks <= now) entry.DueTicks = now + interval.Ticks; // Late: no burst to catch up.
            _entries.Enqueue(entry, (entry.DueTicks, _sequence++));
        }
    }

    private static void RunSafely(Entry entry)
    {
        try
        {
            entry.Run();
        }
        catch (Exception failure)
        {
            LogWriter.WriteError($"An action given to the scheduler threw. It should catch what it may throw. {failure}");
        }
    }
}
