namespace ClusterEmu.Actors.Testing;

/// <summary>The actor behind a test kit: puts what it gets into the inbox, watches and starts children on request.</summary>
internal sealed class InboxActor(MessageInbox inbox) : UntypedActor
{
    private readonly DelegatingStrategy _strategy = new();
    private Func<object, bool>? _ignore;

    public sealed record WatchFor(IActorRef Subject);

    public sealed record UnwatchFor(IActorRef Subject);

    public sealed record Ignore(Func<object, bool>? Predicate);

    public sealed record Spawn(Props Props, string? Name, SupervisorStrategy? Strategy);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WatchFor watch:
                Context.Watch(watch.Subject);
                break;
            case UnwatchFor unwatch:
                Context.Unwatch(unwatch.Subject);
                break;
            case Ignore ignore:
                _ignore = ignore.Predicate;
                break;
            case Spawn spawn:
                var child = Context.ActorOf(spawn.Props, spawn.Name);
                if (spawn.Strategy is not null) _strategy.Use(child, spawn.Strategy);
                Sender.Tell(child);
                break;
            default:
                if (_ignore is null || !_ignore(message)) inbox.Add(new ReceivedMessage(message, Sender));
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    /// <summary>Lets each child have a strategy of its own.</summary>
    private sealed class DelegatingStrategy : OneForOneStrategy
    {
        private readonly Dictionary<IActorRef, SupervisorStrategy> _strategies = [];

        public void Use(IActorRef child, SupervisorStrategy strategy) => _strategies[child] = strategy;

        internal override bool HandleFailure(ActorCell parent, ActorCell child, Exception cause) =>
            _strategies.TryGetValue(child, out var own)
                ? own.HandleFailure(parent, child, cause)
                : base.HandleFailure(parent, child, cause);
    }
}
