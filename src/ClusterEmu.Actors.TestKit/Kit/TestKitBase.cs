using System.Linq.Expressions;

namespace ClusterEmu.Actors.Testing;

/// <summary>An actor system under test and a test actor that takes what the actors answer.</summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static long _names;
    private readonly ITestKitAssertions _assertions;
    private readonly MessageInbox _inbox = new();
    private MessageEnvelope _last = ReceivedMessage.Nothing;
    private TimeSpan? _end;
    private bool _lastWasNoMsg;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    public ActorSystem Sys { get; private set; } = null!;

    public TestKitSettings TestKitSettings { get; private set; } = null!;

    /// <summary>Who sent the last message that the test took.</summary>
    public IActorRef LastSender => _last.Sender;

    public object LastMessage => _last.Message;

    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = WARNING
          loggers = []
          log-dead-letters = off
        }
        """);

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("akka { loglevel = DEBUG, actor.debug.event-stream = on }");

    /// <summary>A clock for waits: time since some moment; never goes back.</summary>
    public static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    public ILoggingAdapter Log => Sys.Log;

    /// <summary>Takes the answers. It is the sender of what the test tells, unless the test names another.</summary>
    public IActorRef TestActor { get; private set; } = null!;

    public EventFilterFactory EventFilter => new(this);

    public bool HasMessages => _inbox.HasMessages;

    protected virtual void InitializeTest(ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        if (system is null)
        {
            var given = config.Get<BootstrapSetup>().GetOrElse(BootstrapSetup.Create());
            var bootstrap = given.Config.HasValue ? given.WithConfigFallback(DefaultConfig) : given.WithConfig(DefaultConfig);
            system = ActorSystem.Create(actorSystemName ?? "test", config.WithSetup(bootstrap));
        }

        Sys = system;
        TestKitSettings = TestKitExtension.For(system);
        TestActor = CreateTestActor(testActorName ?? $"testActor{Interlocked.Increment(ref _names)}");
        if (this is not TestProbe) AmbientSender.Current = TestActor;
    }

    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName) =>
        InitializeTest(system, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    /// <summary>Starts one more actor that fills this kit's inbox.</summary>
    public IActorRef CreateTestActor(string name) =>
        ((EmbeddedActorSystem)Sys).SystemActorOf(Props.CreateBy(new InboxProducer(_inbox)), name, CallerDispatcher.Instance);

    private sealed class InboxProducer(MessageInbox inbox) : IIndirectActorProducer
    {
        public Type ActorType => typeof(InboxActor);

        public ActorBase Produce() => new InboxActor(inbox);

        public void Release(ActorBase actor)
        {
        }
    }

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Leaves out messages for which the function says true.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TestActor.Tell(new InboxActor.Ignore(shouldIgnoreMessage), ActorRefs.NoSender);

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreNoMessages() => TestActor.Tell(new InboxActor.Ignore(null), ActorRefs.NoSender);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new InboxActor.WatchFor(actorToWatch), ActorRefs.NoSender);
        return actorToWatch;
    }

    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Task.FromResult(Watch(actorToWatch));

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new InboxActor.UnwatchFor(actorToUnwatch), ActorRefs.NoSender);
        return actorToUnwatch;
    }

    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Task.FromResult(Unwatch(actorToUnwatch));

    public TimeSpan Dilated(TimeSpan duration) => TimeSpan.FromTicks((long)(duration.Ticks * TestKitSettings.TestTimeFactor));

    /// <summary>What is left of the surrounding Within, or the default for one message.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <exception cref="InvalidOperationException">There is no surrounding Within.</exception>
    public TimeSpan Remaining => _end is { } end
        ? Positive(end - Now)
        : throw new InvalidOperationException(@"Remaining may not be called outside of ""within"". Use RemainingOrDefault.");

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Positive(end - Now) : duration;

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration is not { } given ? RemainingOrDefault
        : given == Timeout.InfiniteTimeSpan ? given
        : _end is { } end ? Shorter(Dilated(given), Positive(end - Now))
        : Dilated(given);

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>Stops the system and waits for its end.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var wait = duration ?? Shorter(Dilated(TimeSpan.FromSeconds(5)), TimeSpan.FromSeconds(10));
        if (system.Terminate().Wait(wait)) return;
        var message = $"Failed to stop [{system.Name}] within [{wait}]. Actors still there:\n{((ExtendedActorSystem)system).PrintTree()}";
        if (verifySystemShutdown) throw new TimeoutException(message);
        system.Log.Warning(message);
    }

    public IActorRef ChildActorOf(
        Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, name, supervisorStrategy, cancellationToken).GetAwaiter().GetResult();

    public Task<IActorRef> ChildActorOfAsync(
        Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, name, supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, null, supervisorStrategy, cancellationToken).GetAwaiter().GetResult();

    public IActorRef ChildActorOf(Props props, string name, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, name, null, cancellationToken).GetAwaiter().GetResult();

    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, null, null, cancellationToken).GetAwaiter().GetResult();

    private Task<IActorRef> SpawnAsync(Props props, string? name, SupervisorStrategy? strategy, CancellationToken cancellationToken) =>
        TestActor.Ask<IActorRef>(new InboxActor.Spawn(props, name, strategy), TestKitSettings.DefaultTimeout, cancellationToken);

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    public virtual TestLatch CreateTestLatch(int count = 1) => new(count, Dilated(TestKitSettings.DefaultTimeout));

    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    public IActorRef ActorOf(Props props, string? name) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>()
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>());

    public IActorRef ActorOf<TActor>(string name)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) => new(anchorRef, actorPath);
}
