namespace ClusterEmu.Actors;

/// <summary>Decides what an actor gets to see of a message. One for each incarnation of the actor.</summary>
/// <param name="context">The actor's.</param>
/// <param name="message">What was sent to it.</param>
/// <param name="deliver">Hands a message to the actor, now; any number of times, also with other messages than the one that was sent.</param>
public delegate void MessageFilter(IActorContext context, object message, Action<object> deliver);

/// <summary>Puts a filter around an actor, whatever its class: it keeps its name, parent, children, timers and sender, and sees the filtered messages.</summary>
/// <remarks>For <see cref="EmbeddedRuntimeSetup.WithProps"/>. Both share one cell, so nobody can tell them apart by reference.</remarks>
public static class FilteredActor
{
    /// <param name="props">Of the actor.</param>
    /// <param name="filter">Makes the filter, at the actor's start and at each restart.</param>
    public static Props PropsFor(Props props, Func<MessageFilter> filter)
    {
        var filtered = Props.CreateBy(new Producer(props, filter));
        return props.ChosenStrategy is { } strategy ? filtered.WithSupervisorStrategy(strategy) : filtered;
    }

    /// <summary>The actor behind the filter; the actor itself if there is none.</summary>
    internal static ActorBase InnerOf(ActorBase actor) => actor is Shell shell ? shell.Inner : actor;

    private sealed class Producer(Props props, Func<MessageFilter> filter) : IIndirectActorProducer
    {
        public Type ActorType => props.Type;

        public ActorBase Produce() => new Shell(props.NewActor(), filter());

        public void Release(ActorBase actor) => props.Release(((Shell)actor).Inner);
    }

    private sealed class Shell(ActorBase inner, MessageFilter filter) : ActorBase
    {
        public ActorBase Inner => inner;

        internal override void AfterConstruction()
        {
            inner.AfterConstruction();
            if (inner is IWithTimers timers) timers.Timers = Owner;
            if (inner is IActorStash stash) stash.Stash = Owner;
        }

        protected override bool AroundReceive(Receive receive, object message)
        {
            var isFirst = ReferenceEquals(receive.Target, this);
            filter(Context, message, seen =>
            {
                if (isFirst) inner.ReceiveAround(inner.OwnReceive, seen);
                else inner.ReceiveAround(receive, seen);
            });
            return true;
        }

        protected override bool Receive(object message)
        {
            inner.ReceiveFirstBehavior(message);
            return true;
        }

        public override void AroundPreStart() => inner.AroundPreStart();

        public override void AroundPreRestart(Exception cause, object message) => inner.AroundPreRestart(cause, message);

        public override void AroundPostRestart(Exception cause, object message) => inner.AroundPostRestart(cause, message);

        public override void AroundPostStop() => inner.AroundPostStop();

        protected override SupervisorStrategy SupervisorStrategy() => inner.Supervision;
    }
}
