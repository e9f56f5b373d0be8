namespace ClusterEmu.Actors;

/// <summary>Carries events to actors by the event's type, base types and interfaces.</summary>
public class LoggingBus
{
    private readonly Lock _gate = new();
    private readonly List<(IActorRef Subscriber, Type Channel)> _subscriptions = [];
    private Dictionary<Type, IActorRef[]> _routes = [];

    private protected LoggingBus()
    {
    }

    /// <summary>Events below this level are not worth making.</summary>
    public LogLevel LogLevel { get; private set; } = LogLevel.DebugLevel;

    public virtual void SetLogLevel(LogLevel logLevel) => LogLevel = logLevel;

    /// <summary>Sends an event to all subscribers of its type, in order of subscription, each once.</summary>
    public virtual void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var type = @event.GetType();
        if (!Volatile.Read(ref _routes).TryGetValue(type, out var subscribers)) subscribers = FindSubscribers(type);
        foreach (var subscriber in subscribers) subscriber.Tell(@event, ActorRefs.NoSender);
    }

    public virtual bool Subscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(classifier);
        lock (_gate)
        {
            if (_subscriptions.Contains((subscriber, classifier))) return false;
            _subscriptions.Add((subscriber, classifier));
            Volatile.Write(ref _routes, []);
            return true;
        }
    }

    public virtual bool Unsubscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(classifier);
        lock (_gate)
        {
            if (!_subscriptions.Remove((subscriber, classifier))) return false;
            Volatile.Write(ref _routes, []);
            return true;
        }
    }

    public virtual bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (_subscriptions.RemoveAll(subscription => subscription.Subscriber.Equals(subscriber)) == 0) return false;
            Volatile.Write(ref _routes, []);
            return true;
        }
    }

    private IActorRef[] FindSubscribers(Type type)
    {
        lock (_gate)
        {
            if (_routes.TryGetValue(type, out var known)) return known;
            var subscribers = new List<IActorRef>();
            foreach (var (subscriber, channel) in _subscriptions)
                if (channel.IsAssignableFrom(type) && !subscribers.Contains(subscriber))
                    subscribers.Add(subscriber);
            IActorRef[] found = [.. subscribers];
            Volatile.Write(ref _routes, new Dictionary<Type, IActorRef[]>(_routes) { [type] = found });
            return found;
        }
    }
}

/// <summary>The bus of an actor system: log events, dead letters, and whatever users publish.</summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;

    public EventStream(bool debug) => _debug = debug;

    /// <returns>False if the subscription existed.</returns>
    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        if (subscriber is IInternalActorRef { Cell: { } cell }) cell.IsSubscriber = true;
        var added = base.Subscribe(subscriber, channel);
        if (_debug) Publish(new Debug(nameof(EventStream), GetType(), $"subscribing {subscriber} to channel {channel}"));
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        var removed = base.Unsubscribe(subscriber, channel);
        if (_debug) Publish(new Debug(nameof(EventStream), GetType(), $"unsubscribing {subscriber} from channel {channel}"));
        return removed;
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        var removed = base.Unsubscribe(subscriber);
        if (_debug) Publish(new Debug(nameof(EventStream), GetType(), $"unsubscribing {subscriber} from all channels"));
        return removed;
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
