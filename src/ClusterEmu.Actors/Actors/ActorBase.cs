namespace ClusterEmu.Actors;

/// <summary>Handles a message; false if it is not for this behavior.</summary>
public delegate bool Receive(object message);

/// <summary>Handles a message, whatever it is.</summary>
public delegate void UntypedReceive(object message);

/// <summary>The base of all actors: one message at a time, state of its own, a supervisor above.</summary>
public abstract class ActorBase
{
    private readonly ActorCell _cell;

    /// <exception cref="ActorInitializationException">The constructor was called outside of <c>ActorOf</c>.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Current ?? throw new ActorInitializationException(
            $"You cannot create an instance of {GetType().FullName} explicitly using the constructor (new). "
            + "You have to use one of the factory methods to create a new actor. Typically an actor should be created using one of the following methods: "
            + "system.ActorOf(Props.Create(() => new MyActor())) or Context.ActorOf(Props.Create(() => new MyActor())).");
    }

    /// <summary>Who sent the message being handled; dead letters if no one did.</summary>
    protected IActorRef Sender => _cell.CurrentSender;

    protected IActorRef Self => _cell;

    /// <exception cref="NotSupportedException">No actor runs on this thread, for example after an await.</exception>
    protected static IActorContext Context => ActorCell.Current ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    protected static Receive EmptyReceive { get; } = _ => false;

    internal ActorCell Owner => _cell;

    internal Receive OwnReceive => Receive;

    internal SupervisorStrategy Supervision => _cell.ActorProps.ChosenStrategy ?? SupervisorStrategy();

    /// <summary>Runs around every message. The default calls <paramref name="receive"/> and then <see cref="Unhandled"/> if it was not handled.</summary>
    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message)) return true;
        Unhandled(message);
        return false;
    }

    protected abstract bool Receive(object message);

    /// <summary>The actor's first behavior, called without a delegate unless the actor overrides <see cref="AroundReceive"/>.</summary>
    internal virtual void ReceiveFirstBehavior(object message)
    {
        if (!Receive(message)) Unhandled(message);
    }

    internal void ReceiveAround(Receive behavior, object message) => AroundReceive(behavior, message);

    /// <summary>Called once after the constructor.</summary>
    internal virtual void AfterConstruction()
    {
    }

    /// <summary>Publishes an <see cref="UnhandledMessage"/>; for <see cref="Terminated"/> it breaks the death pact instead.</summary>
    /// <exception cref="DeathPactException">The message is a <see cref="Terminated"/> that the actor ought to handle.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        _cell.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the behavior until the next change or a restart.</summary>
    protected void Become(Receive receive) => _cell.Become(receive);

    /// <summary>Puts a behavior on top of the current one; <see cref="UnbecomeStacked"/> takes it off.</summary>
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    /// <summary>Asks for <see cref="ReceiveTimeout"/> when no message came for so long; null ends it.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    public virtual void AroundPreStart() => PreStart();

    /// <summary>Runs before the first message of an actor, and by default after each restart.</summary>
    protected virtual void PreStart()
    {
    }

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>Runs on the failed instance before a restart. The default stops all children and calls <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in _cell.ChildCells())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }

        PostStop();
    }

    /// <summary>Runs on the new instance after a restart. The default calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    public virtual void AroundPostStop() => PostStop();

    /// <summary>Runs after the last message, when all children have stopped.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>How failures of the children are handled.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actors.SupervisorStrategy.DefaultStrategy;
}
