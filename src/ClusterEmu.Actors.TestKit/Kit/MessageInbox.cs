namespace ClusterEmu.Actors.Testing;

/// <summary>A message that the test actor got.</summary>
public abstract class MessageEnvelope
{
    public abstract object Message { get; }

    public abstract IActorRef Sender { get; }
}

internal sealed class ReceivedMessage(object message, IActorRef sender) : MessageEnvelope
{
    public static readonly ReceivedMessage Nothing = new(null!, ActorRefs.NoSender);

    public override object Message => message;

    public override IActorRef Sender => sender;

    public override string ToString() => $"<{message}> from {sender}";
}

/// <summary>The messages that the test actor got and the test has not taken yet.</summary>
internal sealed class MessageInbox
{
    private readonly SemaphoreSlim _available = new(0);
    private readonly Queue<ReceivedMessage> _messages = new();

    public bool HasMessages
    {
        get
        {
            lock (_messages) return _messages.Count > 0;
        }
    }

    public void Add(ReceivedMessage message)
    {
        lock (_messages) _messages.Enqueue(message);
        _available.Release();
    }

    /// <param name="wait">How long to wait at most; below 0 (but not infinite): not at all.</param>
    /// <param name="remove">False to leave the message where it is.</param>
    /// <param name="blocking">True to wait on this thread, so that the task has completed on return.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async ValueTask<ReceivedMessage?> TryTakeAsync(TimeSpan wait, bool remove, bool blocking, CancellationToken cancellationToken)
    {
        if (wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan) wait = TimeSpan.Zero;
        var found = blocking
            ? _available.Wait(wait, cancellationToken)
            : await _available.WaitAsync(wait, cancellationToken).ConfigureAwait(true);
        if (!found) return null;
        lock (_messages)
        {
            if (remove) return _messages.Dequeue();
            _available.Release();
            return _messages.Peek();
        }
    }
}
