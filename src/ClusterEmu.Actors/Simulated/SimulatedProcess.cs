namespace ClusterEmu.Actors;

/// <summary>One process of a simulation: what its actor systems run on. It can be killed, frozen, and given a clock that is wrong.</summary>
public sealed class SimulatedProcess
{
    private static readonly DateTimeOffset Beginning = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SimulatedExecutor _executor;
    private readonly ulong _nameHash;
    private readonly List<ActorHold> _holds = [];
    private readonly List<(long From, long Until)> _frozen = [];
    private long _uids;

    internal SimulatedProcess(SimulatedExecutor executor, string name)
    {
        _executor = executor;
        Name = name;
        _nameHash = SimulatedExecutor.HashOf(name);
        var dispatcher = new ProcessDispatcher(this);
        Clock = new ProcessClock(this);
        Runtime = EmbeddedRuntimeSetup.Create().WithDispatcher(() => dispatcher).WithClock(Clock).WithUids(() => ++_uids);
    }

    public string Name { get; }

    /// <summary>Give it to <c>ActorSystem.Create</c>: the system then runs in this process.</summary>
    public EmbeddedRuntimeSetup Runtime { get; }

    /// <summary>The process's clock. Its timers end with the process.</summary>
    public TimeProvider Clock { get; }

    /// <summary>How far its wall clock is ahead of the true time; negative: behind. Durations are not affected.</summary>
    public TimeSpan Skew { get; set; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>The spans in which some of its actors were held, in microseconds; one that goes on ends at <see cref="long.MaxValue"/>.</summary>
    public IReadOnlyList<(long From, long Until)> Frozen => _frozen;

    /// <summary>Ends the process as <c>kill -9</c> does: no actor runs any more, no timer fires, what waits in mailboxes is gone.</summary>
    public void Kill()
    {
        IsAlive = false;
        _holds.Clear();
        _executor.Remove(item => ReferenceEquals(item.Process, this), static (_, _) => { });
    }

    /// <summary>Keeps actors from running until the handle is disposed. Their mailboxes fill; nothing is lost.</summary>
    /// <param name="which">The actors; asked whenever one gets something to do.</param>
    public IDisposable Hold(Func<IActorRef, bool> which)
    {
        var hold = new ActorHold(this, which);
        if (_holds.Count == 0) _frozen.Add((_executor.NowMicroseconds, long.MaxValue));
        _holds.Add(hold);
        _executor.Remove(item => ReferenceEquals(item.Process, this) && which(item.Cell), hold.Keep);
        return hold;
    }

    internal ulong TraceIdOf(ActorCell cell) =>
        cell.TraceId != 0 ? cell.TraceId : cell.TraceId = SimulatedExecutor.HashOf(cell.Path.ToStringWithoutAddress()) ^ _nameHash | 1;

    private void Schedule(RunnableActor actor)
    {
        var cell = (ActorCell)actor.Actor;
        cell.WatchSenders();
        if (!_executor.VerifyTell(cell) || !IsAlive) return;
        foreach (var hold in _holds)
        {
            if (!hold.Covers(cell)) continue;
            hold.Keep(cell, actor.Continues);
            return;
        }

        _executor.Add(cell, this, actor.Continues);
    }

    private sealed class ActorHold(SimulatedProcess process, Func<IActorRef, bool> which) : IDisposable
    {
        private readonly List<(ActorCell Cell, bool Continues)> _kept = [];

        public bool Covers(ActorCell cell) => which(cell);

        public void Keep(ActorCell cell, bool continues) => _kept.Add((cell, continues));

        public void Dispose()
        {
            if (!process._holds.Remove(this)) return;
            if (process._holds.Count == 0) process._frozen[^1] = process._frozen[^1] with { Until = process._executor.NowMicroseconds };
            foreach (var (cell, continues) in _kept) process.Schedule(new RunnableActor(cell, continues));
            _kept.Clear();
        }
    }

    private sealed class ProcessDispatcher(SimulatedProcess process) : ActorDispatcher
    {
        public override bool CompletesInline => true;

        public override void Schedule(RunnableActor actor) => process.Schedule(actor);

        internal override void Told(IActorRef recipient) => process._executor.VerifyTell(recipient);
    }

    private sealed class ProcessClock(SimulatedProcess process) : TimeProvider
    {
        public SimulatedProcess Process => process;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            process._executor.VerifyThread("the clock was read");
            return process._executor.NowTicks;
        }

        public override DateTimeOffset GetUtcNow()
        {
            process._executor.VerifyThread("the clock was read");
            return Beginning.AddTicks(process._executor.NowTicks) + process.Skew;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ProcessTimer(this, callback, state);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    /// <summary>Set again, it forgets its former time: an entry of the executor whose number is not the newest does nothing.</summary>
    private sealed class ProcessTimer(ProcessClock clock, TimerCallback callback, object? state) : SimulatedWork, ITimer
    {
        private long _number;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var number = ++_number;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) Arm(number, dueTime);
            return true;
        }

        public void Dispose() => _number++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(long number, TimeSpan wait)
        {
            var executor = clock.Process._executor;
            executor.AtTicks(executor.NowTicks + wait.Ticks, this, number);
        }

        protected internal override void Run(long number)
        {
            if (number != _number || !clock.Process.IsAlive) return;
            if (_period > TimeSpan.Zero) Arm(number, _period);
            callback(state);
        }
    }
}
