namespace ClusterEmu.Actors;

/// <summary>How a parent handles failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops a child that failed to start, was killed or broke a death pact, and restarts it otherwise.</summary>
    public static IDecider DefaultDecider = Actors.Decider.From(
        Directive.Restart,
        KeyValuePair.Create(typeof(ActorInitializationException), Directive.Stop),
        KeyValuePair.Create(typeof(ActorKilledException), Directive.Stop),
        KeyValuePair.Create(typeof(DeathPactException), Directive.Stop));

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    public abstract IDecider Decider { get; }

    protected bool LoggingEnabled { get; set; }

    protected abstract Directive Handle(IActorRef child, Exception exception);

    internal abstract void CarryOut(ActorCell parent, bool restart, ActorCell child, Exception cause);

    /// <summary>Decides and acts. False: the failure is the parent's own now.</summary>
    internal virtual bool HandleFailure(ActorCell parent, ActorCell child, Exception cause)
    {
        var directive = Handle(child, cause);
        LogFailure(parent, child, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                child.SendSignal(new Signal.Resume(cause));
                return true;
            case Directive.Restart:
                CarryOut(parent, restart: true, child, cause);
                return true;
            case Directive.Stop:
                CarryOut(parent, restart: false, child, cause);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Logs a failure: a warning if the child resumes, nothing if it escalates, else an error.</summary>
    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate) return;
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        LogEvent entry = directive == Directive.Resume
            ? new Warning(cause, child.Path.ToString(), GetType(), message)
            : new Error(cause, child.Path.ToString(), GetType(), message);
        context.System.EventStream.Publish(entry);
    }

    private protected static void Restart(ActorCell child, Exception cause, bool suspendFirst)
    {
        if (suspendFirst) child.SendSignal(new Signal.Suspend());
        child.SendSignal(new Signal.Recreate(cause));
    }

    private protected static int Milliseconds(TimeSpan? window) => window is { } w && w != Timeout.InfiniteTimeSpan ? (int)w.TotalMilliseconds : -1;
}
