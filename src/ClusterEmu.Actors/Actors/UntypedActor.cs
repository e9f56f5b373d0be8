namespace ClusterEmu.Actors;

/// <summary>An actor that handles all messages in one method.</summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Runs an action as part of handling the current message.</summary>
    protected void RunTask(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        action();
    }

    protected abstract void OnReceive(object message);

    protected void Become(UntypedReceive receive) => Owner.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Owner.BecomeStacked(receive);
}

/// <summary>An <see cref="UntypedActor"/> with a stash.</summary>
public abstract class UntypedActorWithStash : UntypedActor, IWithStash
{
    public IStash Stash { get; set; } = null!;
}
