namespace ClusterEmu.Actors;

internal sealed partial class ActorCell
{
    private Watches? _watches;

    /// <summary>Whom the actor watches and who watches it. Lists and dictionaries: their order is the order of the calls.</summary>
    private sealed class Watches
    {
        public readonly Dictionary<IActorRef, object?> Watching = []; // Value: the message to get instead of Terminated, or null.
        public readonly List<IInternalActorRef> WatchedBy = [];
        public readonly Dictionary<IActorRef, object?> Queued = []; // Died, and its message is on the way to the actor.
    }

    public IActorRef Watch(IActorRef subject) => WatchFor(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return WatchFor(subject, message);
    }

    private IActorRef WatchFor(IActorRef subject, object? message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject is IInternalActorRef watchee && !watchee.Equals(this))
        {
            _watches ??= new Watches();
            if (_watches.Watching.TryAdd(Identity(subject), message))
                watchee.SendSignal(new Signal.Watch(watchee, this));
        }

        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (_watches is null || subject is not IInternalActorRef watchee) return subject;
        var identity = Identity(subject);
        if (_watches.Watching.Remove(identity)) watchee.SendSignal(new Signal.Unwatch(watchee, this));
        _watches.Queued.Remove(identity);
        return subject;
    }

    /// <summary>A probe and the actor in it are one for death watch.</summary>
    private static IActorRef Identity(IActorRef subject) => subject is IInternalActorRef { Cell: { } cell } ? cell : subject;

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_watches is null || !_watches.Queued.Remove(Identity(terminated.ActorRef), out var message)) return; // Unwatched meanwhile.
        ReceiveMessage(message ?? terminated);
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed)
    {
        if (_watches is not null && _watches.Watching.Remove(actor, out var message) && !IsTerminating)
        {
            _watches.Queued[actor] = message;
            Tell(new Terminated(actor, existenceConfirmed, false), actor);
        }

        if (IsChild(actor)) HandleChildTerminated((ActorCell)actor);
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        _watches ??= new Watches();
        if (!_watches.WatchedBy.Contains(watcher)) _watches.WatchedBy.Add(watcher);
    }

    private void RemoveWatcher(IInternalActorRef watcher) => _watches?.WatchedBy.Remove(watcher);

    private void TellWatchers()
    {
        if (_watches is null) return;
        foreach (var watcher in _watches.WatchedBy)
            if (!ReferenceEquals(watcher, _parent)) // The parent is told in any case.
                watcher.SendSignal(new Signal.Died(this, existenceConfirmed: true));
        _watches.WatchedBy.Clear();
    }

    private void UnwatchAll()
    {
        if (_watches is null) return;
        foreach (var watchee in _watches.Watching.Keys)
            if (watchee is IInternalActorRef reference)
                reference.SendSignal(new Signal.Unwatch(reference, this));
        _watches.Watching.Clear();
        _watches.Queued.Clear();
    }
}
