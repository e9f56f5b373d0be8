namespace ClusterEmu.Actors;

/// <summary>A tree of actors with its threads, clock, event stream and settings.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    public abstract Settings Settings { get; }

    public abstract string Name { get; }

    public abstract EventStream EventStream { get; }

    public abstract IActorRef DeadLetters { get; }

    public abstract IActorRef IgnoreRef { get; }

    public abstract IScheduler Scheduler { get; }

    public abstract ILoggingAdapter Log { get; }

    /// <summary>When the system was started, as time of day in UTC.</summary>
    public abstract TimeSpan StartTime { get; }

    public abstract TimeSpan Uptime { get; }

    /// <summary>Completes when the last actor has stopped.</summary>
    public abstract Task WhenTerminated { get; }

    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup) => EmbeddedActorSystem.Start(name, setup);

    /// <exception cref="ArgumentException">The name holds other characters than letters, digits and inner hyphens.</exception>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    public abstract object GetExtension(IExtensionId extensionId);

    public abstract T GetExtension<T>()
        where T : class, IExtension;

    public abstract bool HasExtension(Type type);

    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public abstract bool TryGetExtension(Type extensionType, out object extension);

    public abstract bool TryGetExtension<T>(out T extension)
        where T : class, IExtension;

    /// <summary>Runs this when the last actor has stopped; the last registered runs first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors, children before parents. Harmless if called twice.</summary>
    public abstract Task Terminate();

    public abstract void Stop(IActorRef actor);

    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }

    public abstract object RegisterExtension(IExtensionId extension);

    public abstract IActorRef ActorOf(Props props, string? name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);
}

/// <summary>What extensions may use of a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    /// <summary>Starts an actor of the system's own, which stops after all actors of users.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();

    /// <summary>All actors, one line each, children below their parents.</summary>
    public abstract string PrintTree();
}
