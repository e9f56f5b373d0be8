namespace ClusterEmu.Actors.Testing;

/// <summary>Counts the log events that fit, while it is active.</summary>
internal sealed class LogFilter(Predicate<LogEvent> fits)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool Take(LogEvent logEvent)
    {
        if (!fits(logEvent)) return false;
        Interlocked.Increment(ref _count);
        return true;
    }
}

/// <summary>The active filters of a system, and the actor that shows them each log event, inside the call that publishes it.</summary>
internal sealed class LogFilters : IExtension
{
    private readonly Lock _gate = new();
    private LogFilter[] _active = [];

    private LogFilters(ExtendedActorSystem system)
    {
        var props = Props.CreateBy(new ListenerProducer(this));
        ((EmbeddedActorSystem)system).SystemActorOf(props, "test-event-filters", CallerDispatcher.Instance);
    }

    public static LogFilters Of(ActorSystem system) => (LogFilters)system.RegisterExtension(new Id());

    public void Add(LogFilter filter)
    {
        lock (_gate) _active = [filter, .. _active];
    }

    public void Remove(LogFilter filter)
    {
        lock (_gate) _active = _active.Where(active => active != filter).ToArray();
    }

    private sealed class Id : ExtensionIdProvider<LogFilters>
    {
        public override LogFilters CreateExtension(ExtendedActorSystem system) => new(system);
    }

    private sealed class ListenerProducer(LogFilters filters) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Listener);

        public ActorBase Produce() => new Listener(filters);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class Listener(LogFilters filters) : UntypedActor
    {
        protected override void PreStart()
        {
            foreach (var type in (Type[])[typeof(LogEvent), typeof(DeadLetter), typeof(UnhandledMessage)])
                Context.System.EventStream.Subscribe(Self, type);
        }

        protected override void OnReceive(object message)
        {
            var logEvent = message switch
            {
                LogEvent log => log,
                DeadLetter letter => new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter),
                UnhandledMessage unhandled => new Warning(
                    unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(),
                    $"Unhandled message from {unhandled.Sender}: {unhandled.Message}"),
                _ => null,
            };
            if (logEvent is null) return;
            foreach (var filter in filters._active)
                if (filter.Take(logEvent))
                    return; // The latest filter that fits has it.
        }
    }
}
