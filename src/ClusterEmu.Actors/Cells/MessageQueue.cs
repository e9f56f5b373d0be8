namespace ClusterEmu.Actors;

/// <summary>One queued message. The last one taken stays in its queue as the place that the next is linked to.</summary>
internal sealed class QueuedMessage(object message, IActorRef? sender)
{
    internal object? Message = message;
    internal IActorRef? Sender = sender;
    internal QueuedMessage? Next;
}

/// <summary>A linked queue of many producers and one consumer: one atomic exchange per message, and no node until the first.</summary>
internal struct MessageQueue
{
    private QueuedMessage? _newest; // Producers exchange it.
    private QueuedMessage? _taken;  // The consumer's: the last node taken.
    private QueuedMessage? _first;  // Written once, by the producer of the first message.

    /// <summary>False right after the last message was taken; may be true for an instant before a message can be taken.</summary>
    public readonly bool HasMessages => Volatile.Read(in _newest) != _taken;

    /// <summary>The oldest message, left where it is; null if there is none.</summary>
    public readonly object? Oldest => (_taken is null ? Volatile.Read(in _first) : Volatile.Read(in _taken.Next))?.Message;

    /// <summary>How many messages wait; counted one by one, up to a bound. For the consumer, while nobody enqueues.</summary>
    public readonly int CountUpTo(int bound)
    {
        var count = 0;
        for (var node = _taken is null ? _first : _taken.Next; node is not null && count < bound; node = node.Next) count++;
        return count;
    }

    public void Enqueue(QueuedMessage message)
    {
        var previous = Interlocked.Exchange(ref _newest, message);
        if (previous is null) Volatile.Write(ref _first, message);
        else Volatile.Write(ref previous.Next, message);
    }

    /// <summary>Takes the oldest message, or nothing if there is none or its producer has not linked it yet.</summary>
    public bool TryDequeue(out object message, out IActorRef? sender)
    {
        QueuedMessage? next;
        if (_taken is null)
        {
            next = Volatile.Read(ref _first);
            if (next is not null) _first = null; // Else its producer may be about to write it, and the write would be undone.
        }
        else
        {
            next = Volatile.Read(ref _taken.Next);
            if (next is not null) _taken.Next = null; // Else a dead node in an old generation would keep the chain alive.
        }

        if (next is null)
        {
            message = null!;
            sender = null;
            return false;
        }

        _taken = next;
        message = next.Message!;
        sender = next.Sender;
        next.Message = null;
        next.Sender = null;
        return true;
    }
}
