namespace ClusterEmu.Actors.Tests.Embedded;

/// <summary>A clock that moves when told. Its timers fire on the thread that moves it.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly List<VirtualTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(_ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>When the next timer is due, or null.</summary>
    public TimeSpan? NextDue => _timers.Min(timer => timer.DueTicks) is { } ticks ? TimeSpan.FromTicks(ticks) : null;

    public void MoveTo(TimeSpan time)
    {
        _ticks = Math.Max(_ticks, time.Ticks);
        foreach (var timer in _timers.Where(timer => timer.DueTicks <= _ticks).ToArray()) timer.Fire();
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public long? DueTicks { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueTicks = dueTime == Timeout.InfiniteTimeSpan ? null : clock._ticks + dueTime.Ticks;
            return true;
        }

        public void Fire()
        {
            DueTicks = null;
            callback(state);
        }

        public void Dispose() => DueTicks = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Runs actors one message at a time on the thread that asks for it, the next one chosen by a seed.</summary>
internal sealed class SteppingDispatcher(int seed) : ActorDispatcher
{
    private readonly List<RunnableActor> _runnable = [];
    private uint _state = (uint)seed * 2654435761u + 1;

    public override bool CompletesInline => true;

    public List<string> Trace { get; } = [];

    public override void Schedule(RunnableActor actor) => _runnable.Add(actor);

    public bool Step()
    {
        if (_runnable.Count == 0) return false;
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        var index = (int)(_state % (uint)_runnable.Count);
        var actor = _runnable[index];
        _runnable.RemoveAt(index);
        Trace.Add(actor.Actor.Path.ToStringWithoutAddress());
        actor.Run(messages: 1);
        return true;
    }
}

/// <summary>An actor system in virtual time on the test's own thread.</summary>
internal sealed class VirtualSystem
{
    private readonly VirtualClock _clock = new();
    private readonly SteppingDispatcher _dispatcher;

    public VirtualSystem(int seed = 1)
    {
        _dispatcher = new SteppingDispatcher(seed);
        var runtime = EmbeddedRuntimeSetup.Create().WithDispatcher(() => _dispatcher).WithClock(_clock);
        var config = ConfigurationFactory.ParseString("akka { loglevel = OFF, loggers = [], log-dead-letters = off }");
        Sys = ActorSystem.Create("virtual", runtime.And(BootstrapSetup.Create().WithConfig(config)));
        Settle();
    }

    public ActorSystem Sys { get; }

    public IReadOnlyList<string> Trace => _dispatcher.Trace;

    public TimeSpan Now => Sys.Scheduler.MonotonicClock;

    /// <summary>Runs until nothing is left to do at the present time.</summary>
    public void Settle()
    {
        while (_dispatcher.Step())
        {
        }
    }

    /// <summary>Lets time pass, timer by timer.</summary>
    public void Pass(TimeSpan span)
    {
        var end = Now + span;
        Settle();
        while (_clock.NextDue is { } due && due <= end)
        {
            _clock.MoveTo(due);
            Settle();
        }

        _clock.MoveTo(end);
        Settle();
    }
}
