namespace ClusterEmu.Actors;

internal sealed partial class ActorCell
{
    private LinkedList<Envelope>? _stash;
    private bool _stashedThisMessage;

    int IStash.Count => _stash?.Count ?? 0;

    bool IStash.IsEmpty => _stash is not { Count: > 0 };

    bool IStash.NonEmpty => _stash is { Count: > 0 };

    bool IStash.IsFull => false;

    int IStash.Capacity => -1;

    void IStash.Stash()
    {
        var message = _currentMessage
            ?? throw new IllegalActorStateException($"{_path} stashes outside of a message. Call Stash.Stash() while handling the message to keep.");
        if (_stashedThisMessage) throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        _stashedThisMessage = true;
        (_stash ??= new LinkedList<Envelope>()).AddLast(new Envelope(message, _sender!));
    }

    void IStash.Unstash()
    {
        if (_stash is not { Count: > 0 }) return;
        PutFirst(_stash.First!.Value);
        _stash.RemoveFirst();
    }

    void IStash.UnstashAll() => ((IStash)this).UnstashAll(_ => true);

    void IStash.UnstashAll(Func<Envelope, bool> predicate)
    {
        if (_stash is not { Count: > 0 } stash) return;
        _stash = null;
        for (var node = stash.Last; node is not null; node = node.Previous)
            if (predicate(node.Value))
                PutFirst(node.Value);
    }

    IEnumerable<Envelope> IStash.ClearStash()
    {
        var stash = _stash;
        _stash = null;
        return stash is null ? [] : stash;
    }

    void IStash.Prepend(IEnumerable<Envelope> envelopes)
    {
        _stash ??= new LinkedList<Envelope>();
        foreach (var envelope in envelopes.Distinct().Reverse()) _stash.AddFirst(envelope);
    }

    private void PutFirst(Envelope envelope)
    {
        _unstashed = new QueuedMessage(envelope.Message, envelope.Sender) { Next = _unstashed };
        if (envelope.Message is Terminated terminated && _watches is not null)
            _watches.Queued[Identity(terminated.ActorRef)] = null; // It is to be delivered once more.
    }
}
