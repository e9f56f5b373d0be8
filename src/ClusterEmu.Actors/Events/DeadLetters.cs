namespace ClusterEmu.Actors;

/// <summary>A message that no actor handled.</summary>
public abstract class AllDeadLetters
{
    protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    public object Message { get; }

    public IActorRef Recipient { get; }

    public IActorRef Sender { get; }

    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message whose receiver was dead or never was.</summary>
public sealed class DeadLetter : AllDeadLetters
{
    public DeadLetter(object message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipient);
    }
}

/// <summary>A dead letter that is no news to anyone.</summary>
public sealed class SuppressedDeadLetter : AllDeadLetters
{
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipient);
    }
}

/// <summary>A message that its receiver did not know.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}

/// <summary>Takes what cannot be delivered and publishes it on the event stream.</summary>
internal sealed class DeadLettersRef(EmbeddedActorSystem system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path => path;

    public override EmbeddedActorSystem OwningSystem => system;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        system.Dispatcher.Told(this);
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null!), this);
                break;
            case DeadLetter or SuppressedDeadLetter:
                system.EventStream.Publish(message);
                break;
            default:
                Report(message, sender, this);
                break;
        }
    }

    public void Report(object message, IActorRef? sender, IActorRef recipient)
    {
        if (message is TimerMessage) return; // The end of an actor is the end of its timers.
        if (message is AllDeadLetters) return; // A listener that has ended itself must not hear of what it did not hear.
        if (message is IDeadLetterSuppression suppressed)
            system.EventStream.Publish(new SuppressedDeadLetter(suppressed, sender ?? this, recipient));
        else
            system.EventStream.Publish(new DeadLetter(message, sender ?? this, recipient));
    }

    public override void SendSignal(Signal signal)
    {
        if (signal is Signal.Watch watch) watch.Watcher.SendSignal(new Signal.Died(watch.Watchee, existenceConfirmed: false));
    }
}

/// <summary>Stands for a path at which there is no actor.</summary>
internal sealed class EmptyRef(EmbeddedActorSystem system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path => path;

    public override EmbeddedActorSystem OwningSystem => system;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is Identify identify) sender?.Tell(new ActorIdentity(identify.MessageId, null!), this);
        else system.ReportDeadLetter(message, sender, this);
    }

    public override void SendSignal(Signal signal)
    {
        if (signal is Signal.Watch watch) watch.Watcher.SendSignal(new Signal.Died(this, existenceConfirmed: false));
    }
}

/// <summary>Takes everything and does nothing.</summary>
internal sealed class IgnoreRef(EmbeddedActorSystem system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path => path;

    public override EmbeddedActorSystem OwningSystem => system;

    protected override void TellInternal(object message, IActorRef? sender) => system.Dispatcher.Told(this);
}
