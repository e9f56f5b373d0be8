namespace ClusterEmu.Actors;

/// <summary>A value that may be missing.</summary>
public readonly struct Option<T>
{
    public static readonly Option<T> None;

    public Option(T value)
    {
        Value = value;
        HasValue = value is not null;
    }

    public bool HasValue { get; }

    public bool IsEmpty => !HasValue;

    public T Value { get; }

    public static implicit operator Option<T>(T value) => new(value);

    public T GetOrElse(T fallbackValue) => HasValue ? Value : fallbackValue;
}

/// <summary>A typed part of what an actor system is started with.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

/// <summary>All that an actor system is started with; at most one setup of each type, the last one counts.</summary>
public sealed class ActorSystemSetup
{
    public static readonly ActorSystemSetup Empty = new([]);

    private readonly Setup[] _setups;

    private ActorSystemSetup(Setup[] setups) => _setups = setups;

    public static ActorSystemSetup Create(params Setup[] setup)
    {
        var kept = new List<Setup>();
        foreach (var each in setup)
        {
            kept.RemoveAll(known => known.GetType() == each.GetType());
            kept.Add(each);
        }

        return new ActorSystemSetup([.. kept]);
    }

    public Option<T> Get<T>()
        where T : Setup
    {
        foreach (var setup in _setups)
            if (setup is T found)
                return new Option<T>(found);
        return Option<T>.None;
    }

    public ActorSystemSetup WithSetup<T>(T setup)
        where T : Setup => Create([.. _setups, setup]);

    public ActorSystemSetup And<T>(T setup)
        where T : Setup => WithSetup(setup);
}

/// <summary>The configuration that an actor system is started with.</summary>
public sealed class BootstrapSetup : Setup
{
    private BootstrapSetup(Option<Config> config) => Config = config;

    public Option<Config> Config { get; }

    public static BootstrapSetup Create() => new(Option<Config>.None);

    public BootstrapSetup WithConfig(Config config) => new(config);

    public BootstrapSetup WithConfigFallback(Config config) => Config.HasValue ? new(Config.Value.WithFallback(config)) : WithConfig(config);
}

/// <summary>Replaces what an embedded actor system takes from outside: threads, clock, actors. The rest of the system is the same code.</summary>
public sealed class EmbeddedRuntimeSetup : Setup
{
    private EmbeddedRuntimeSetup()
    {
    }

    private EmbeddedRuntimeSetup(EmbeddedRuntimeSetup copy)
    {
        DispatcherFactory = copy.DispatcherFactory;
        Clock = copy.Clock;
        SchedulerFactory = copy.SchedulerFactory;
        UidSource = copy.UidSource;
        PropsReplacement = copy.PropsReplacement;
    }

    public Func<ActorDispatcher>? DispatcherFactory { get; private init; }

    public TimeProvider? Clock { get; private init; }

    public Func<ExtendedActorSystem, IScheduler>? SchedulerFactory { get; private init; }

    public Func<long>? UidSource { get; private init; }

    public Func<Props, Props>? PropsReplacement { get; private init; }

    public static EmbeddedRuntimeSetup Create() => new();

    /// <summary>Runs all actors by this dispatcher. Default: the .NET thread pool.</summary>
    public EmbeddedRuntimeSetup WithDispatcher(Func<ActorDispatcher> factory) => new(this) { DispatcherFactory = factory };

    /// <summary>Takes time from this clock; the default scheduler sets its timer on it. Default: the machine's clock.</summary>
    public EmbeddedRuntimeSetup WithClock(TimeProvider clock) => new(this) { Clock = clock };

    /// <summary>Replaces the scheduler. It is disposed with the system if it can be.</summary>
    public EmbeddedRuntimeSetup WithScheduler(Func<ExtendedActorSystem, IScheduler> factory) => new(this) { SchedulerFactory = factory };

    /// <summary>Draws the UIDs of actors from here: unique, above 0, from any thread. Default: 1, 2, 3, …</summary>
    public EmbeddedRuntimeSetup WithUids(Func<long> source) => new(this) { UidSource = source };

    /// <summary>
    /// Makes every actor by what this answers to its <see cref="Props"/>, from any thread: to watch which actors are started, or to put
    /// another in one's place. Default: the Props as given.
    /// </summary>
    public EmbeddedRuntimeSetup WithProps(Func<Props, Props> replace) => new(this) { PropsReplacement = replace };
}
