namespace ClusterEmu.Actors;

/// <summary>Watches other actors: on their death the watcher gets a message.</summary>
public interface ICanWatch
{
    /// <summary>Asks for <see cref="Terminated"/> when the subject stops, or at once if it is dead. Survives restarts of both.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>As <see cref="Watch"/>, with a message of one's own in place of <see cref="Terminated"/>.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Ends the watch. No message about it arrives after this call.</summary>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor knows of itself. To be used by the actor only, while it handles a message.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }

    Props Props { get; }

    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

    TimeSpan? ReceiveTimeout { get; }

    void Become(Receive receive);

    void BecomeStacked(Receive receive);

    void UnbecomeStacked();

    /// <summary>The child of this name, or <see cref="Nobody"/>.</summary>
    IActorRef Child(string name);

    /// <summary>The children, in the order they were started.</summary>
    IEnumerable<IActorRef> GetChildren();

    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops a child, or the actor itself, after the message it is at.</summary>
    void Stop(IActorRef child);
}

/// <summary>The context of actors whose behaviors handle every message.</summary>
public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);

    void BecomeStacked(UntypedReceive receive);
}

/// <summary>An actor that wants <see cref="Timers"/>; set after its constructor and before PreStart.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <summary>Timers of one actor. They end with a restart or stop; a message of a timer that was cancelled never arrives.</summary>
public interface ITimerScheduler
{
    IReadOnlyCollection<object> ActiveTimers { get; }

    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    /// <summary>Sends the actor a message after a time. A timer of the same key is replaced.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}

/// <summary>Queues whose front can be put back. All of the embedded runtime's can.</summary>
public interface IDequeBasedMessageQueueSemantics;

/// <inheritdoc cref="IDequeBasedMessageQueueSemantics"/>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics;

/// <summary>Names the kind of message queue that an actor needs.</summary>
public interface IRequiresMessageQueue<T>;

/// <summary>An actor that wants a <see cref="Stash"/>; set after its constructor and before PreStart.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;

public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;

/// <summary>Messages put aside to be handled later. A restart or stop puts them back into the mailbox.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>How many messages fit; below 1: any number.</summary>
    int Capacity { get; }

    /// <summary>Puts the current message aside.</summary>
    /// <exception cref="IllegalActorStateException">It was put aside already.</exception>
    void Stash();

    /// <summary>Puts the oldest message to the front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all messages to the front of the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts those that fit to the front of the mailbox and drops the others.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);
}
