using System.Text;
using System.Text.RegularExpressions;

namespace ClusterEmu.Actors;

/// <summary>The actor system of the embedded runtime.</summary>
internal sealed partial class EmbeddedActorSystem : ExtendedActorSystem
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _onTermination = new();
    private readonly TimeProvider _clock;
    private readonly Func<long> _nextUid;
    private readonly DeadLettersRef _deadLetters;
    private readonly ActorCell _root;
    private readonly ActorCell _user;
    private readonly ActorCell _systemGuardian;
    private readonly ActorPath _tempPath;
    private long _uids;
    private long _temps;
    private bool _terminating;

    private EmbeddedActorSystem(string name, ActorSystemSetup setup)
    {
        Name = name;
        Settings = new Settings(this, ConfigOf(setup), setup);
        var runtime = setup.Get<EmbeddedRuntimeSetup>().GetOrElse(EmbeddedRuntimeSetup.Create());
        _clock = runtime.Clock ?? TimeProvider.System;
        PropsReplacement = runtime.PropsReplacement;
        _nextUid = runtime.UidSource ?? (() => Interlocked.Increment(ref _uids));
        StartTime = _clock.GetUtcNow().TimeOfDay;
        Dispatcher = runtime.DispatcherFactory?.Invoke() ?? new LiveDispatcher(Settings.Throughput);
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.SetLogLevel(Logging.LogLevelFor(Settings.LogLevel));
        Scheduler = runtime.SchedulerFactory?.Invoke(this) ?? new QueueScheduler(_clock);
        Log = Logging.GetLogger(this, "ActorSystem");

        var rootPath = new RootPath(new Address("akka", name), "/");
        _tempPath = rootPath.Child("temp");
        _deadLetters = new DeadLettersRef(this, rootPath.Child("deadLetters"));
        IgnoreRef = new IgnoreRef(this, rootPath.Child("ignore"));
        _root = new ActorCell(this, Props.Create<RootGuardian>(), new AboveRoot(this, rootPath), rootPath, Dispatcher);
        _root.AcceptChildrenFromOtherThreads();
        _root.SendSignal(new Signal.Create());
        _user = StartGuardian("user", GuardianStrategies.ByName(Settings.SupervisorStrategyClass));
        _systemGuardian = StartGuardian("system", SupervisorStrategy.DefaultStrategy);
        _root.Tell(RootGuardian.WatchGuardians.Instance, ActorRefs.NoSender);
    }

    public override Settings Settings { get; }

    public override string Name { get; }

    public override EventStream EventStream { get; }

    public override IActorRef DeadLetters => _deadLetters;

    public override IActorRef IgnoreRef { get; }

    public override IScheduler Scheduler { get; }

    public override ILoggingAdapter Log { get; }

    public override TimeSpan StartTime { get; }

    public override TimeSpan Uptime => Scheduler.MonotonicClock;

    public override Task WhenTerminated => _terminated.Task;

    internal ActorDispatcher Dispatcher { get; }

    /// <summary>Chooses how each actor is made; null: as its Props say.</summary>
    internal Func<Props, Props>? PropsReplacement { get; }

    internal long MonotonicTicks => Scheduler.MonotonicClock.Ticks;

    internal DateTime UtcNow => _clock.GetUtcNow().UtcDateTime;

    internal static EmbeddedActorSystem Start(string name, ActorSystemSetup setup)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        var system = new EmbeddedActorSystem(name, setup);
        system.StartLoggers();
        return system;
    }

    private static Config ConfigOf(ActorSystemSetup setup) => setup.Get<BootstrapSetup>() is { HasValue: true } bootstrap
        ? bootstrap.Value.Config.GetOrElse(Config.Empty)
        : Config.Empty;

    private ActorCell StartGuardian(string name, SupervisorStrategy strategy)
    {
        var guardian = _root.StartChild(Props.Create<Guardian>(strategy, name), name, checkName: false, null);
        guardian.AcceptChildrenFromOtherThreads();
        return guardian;
    }

    private void StartLoggers()
    {
        foreach (var name in Settings.Loggers)
        {
            var type = name is "Akka.Event.DefaultLogger" or "Akka.Event.DefaultLogger, Akka" ? typeof(DefaultLogger) : Type.GetType(name);
            if (type is null)
                throw new ConfigurationException(
                    $"Logger specified in config cannot be found: \"{name}\". Write Namespace.Type, Assembly in akka.loggers, or leave the key out.");
            var logger = SystemActorOf(new Props(type), $"log{NextUid()}-{type.Name}");
            logger.Tell(new InitializeLogger(EventStream), ActorRefs.NoSender);
            foreach (var level in (LogLevel[])[LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel])
                if (EventStream.LogLevel <= level)
                    EventStream.Subscribe(logger, level.ClassFor());
        }

        if (Settings.LogDeadLetters == 0) return;
        var settings = Settings;
        EventStream.Subscribe(
            SystemActorOf(Props.Create(() => new DeadLetterListener(settings)), "deadLetterListener"), typeof(AllDeadLetters));
    }

    public override IActorRef ActorOf(Props props, string? name = null) => _user.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) => _systemGuardian.ActorOf(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    internal IActorRef SystemActorOf(Props props, string? name, ActorDispatcher dispatcher) =>
        _systemGuardian.StartChild(props, name, checkName: name is not null, dispatcher);

    public override ActorSelection ActorSelection(ActorPath actorPath) => new(_root, actorPath.Elements);

    public override ActorSelection ActorSelection(string actorPath) => SelectFrom(_user, actorPath);

    internal ActorSelection SelectFrom(ActorCell anchor, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (ActorPath.TryParse(path, out var full))
            return full.Address.System == Name ? new ActorSelection(_root, full.Elements) : new ActorSelection(_deadLetters, "");
        return path.StartsWith('/') ? new ActorSelection(_root, path) : new ActorSelection(anchor, path);
    }

    public override void Stop(IActorRef actor)
    {
        if (actor is not IInternalActorRef { Cell: { } cell }) return;
        if (ReferenceEquals(cell.ParentRef, _user)) _user.Tell(new Guardian.StopChild(cell), ActorRefs.NoSender);
        else if (ReferenceEquals(cell.ParentRef, _systemGuardian)) _systemGuardian.Tell(new Guardian.StopChild(cell), ActorRefs.NoSender);
        else cell.StopSelf();
    }

    public override Task Terminate()
    {
        if (!Settings.LogDeadLettersDuringShutdown) Volatile.Write(ref _terminating, true);
        _user.StopSelf();
        return WhenTerminated;
    }

    public override void RegisterOnTermination(Action code)
    {
        lock (_onTermination)
            if (!WhenTerminated.IsCompleted)
            {
                _onTermination.Push(code);
                return;
            }

        code();
    }

    internal bool IsQuietAboutDeadLetters => Volatile.Read(ref _terminating);

    internal void FinishTermination()
    {
        while (true)
        {
            Action? next;
            lock (_onTermination)
                if (!_onTermination.TryPop(out next))
                {
                    _terminated.TrySetResult();
                    break;
                }

            try
            {
                next();
            }
            catch (Exception failure)
            {
                LogWriter.WriteError($"A callback given to RegisterOnTermination of {Name} threw: {failure}");
            }
        }

        (Scheduler as IDisposable)?.Dispose();
    }

    internal long NextUid() => _nextUid();

    internal ActorPath NewTempPath() => _tempPath.Child(ActorNames.Unnamed(Interlocked.Increment(ref _temps)));

    internal void ReportDeadLetter(object message, IActorRef? sender, IActorRef recipient)
    {
        Dispatcher.Told(recipient);
        _deadLetters.Report(message, sender, recipient);
    }

    internal void ForgetSubscriber(ActorCell cell)
    {
        if (cell.IsSubscriber) EventStream.Unsubscribe(cell);
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(_root, 0);
        return text.ToString();

        void Print(ActorCell cell, int depth)
        {
            text.Append(' ', depth * 2).Append(depth == 0 ? "/" : cell.Path.Name).Append(" (").Append(cell.ActorProps.Type.Name).Append(")\n");
            foreach (var child in cell.ChildCells()) Print(child, depth + 1);
        }
    }

    public override string ToString() => $"akka://{Name}";

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    private static partial Regex ValidName();
}
