using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>What one write sees and changes. Its changes become durable and visible together, or not at all.</summary>
/// <remarks>Used by the store's writer only, on one write at a time.</remarks>
public sealed class StoreTransaction
{
    private readonly List<StoreEvent> _changes = [];
    private readonly Func<object, StoreEvent, object> _fold;
    private readonly long _atMicroseconds;

    internal StoreTransaction(StoreState state, Func<object, StoreEvent, object> fold, DateTimeOffset now, long atMicroseconds)
    {
        State = state;
        Now = now;
        _fold = fold;
        _atMicroseconds = atMicroseconds;
    }

    /// <summary>All objects, with this write's changes so far, and with writes that are not durable yet.</summary>
    public StoreSnapshot Objects => State.Objects;

    /// <summary>What is derived from the objects, such as allocated addresses; follows every change at once.</summary>
    public object Derived => State.Derived;

    /// <summary>The wall clock, in whole seconds as Kubernetes' timestamps are.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Puts a new or changed object.</summary>
    /// <returns>The state as stored, with its resourceVersion.</returns>
    public StoredObject Put(KindInfo kind, IKubeObject value)
    {
        var revision = Objects.Revision + 1;
        var stored = StoredObject.Encode(kind, value, revision);
        var previous = Objects.Find(kind, stored.Namespace, stored.Name);
        Add(new StoreEvent(revision, previous is null ? StoreEventType.Created : StoreEventType.Modified, stored, previous, _atMicroseconds));
        return stored;
    }

    /// <summary>Puts a changed object; one that says what is stored already is left as it is, revision included.</summary>
    /// <param name="current">The object as stored.</param>
    /// <param name="value">What it should be; its resourceVersion does not count.</param>
    /// <returns>The state as stored.</returns>
    public StoredObject PutIfChanged(StoredObject current, IKubeObject value)
    {
        var revision = Objects.Revision + 1;
        var stored = StoredObject.Encode(current.Kind, value, revision);
        if (stored.SaysTheSameAs(current)) return current;
        Add(new StoreEvent(revision, StoreEventType.Modified, stored, current, _atMicroseconds));
        return stored;
    }

    /// <summary>Puts a changed object that is encoded already; one that says what is stored is left as it is, revision included.</summary>
    /// <param name="current">The object as stored.</param>
    /// <param name="value">What it should be, with its managers.</param>
    /// <param name="draft">Its JSON, with the revision and the managers of <paramref name="current"/>.</param>
    /// <returns>The state as stored.</returns>
    public StoredObject PutIfChanged(StoredObject current, IKubeObject value, ReadOnlySpan<byte> draft)
    {
        if (draft.SequenceEqual(current.Json) && value.Metadata.ManagedFields.Equals(current.Managers)) return current;
        var revision = Objects.Revision + 1;
        var stored = StoredObject.Stamp(current.Kind, value, draft, revision);
        Add(new StoreEvent(revision, StoreEventType.Modified, stored, current, _atMicroseconds));
        return stored;
    }

    /// <summary>Takes an object away.</summary>
    /// <param name="current">The object as stored.</param>
    /// <param name="last">Its last state, for watchers; null for <paramref name="current"/>.</param>
    /// <returns>The last state, with the deletion's resourceVersion.</returns>
    public StoredObject Delete(StoredObject current, IKubeObject? last = null)
    {
        var revision = Objects.Revision + 1;
        var stored = StoredObject.Encode(current.Kind, last ?? current.Decode(), revision);
        Add(new StoreEvent(revision, StoreEventType.Deleted, stored, current, _atMicroseconds));
        return stored;
    }

    internal StoreState State { get; private set; }
    internal IReadOnlyList<StoreEvent> Changes => _changes;

    private void Add(StoreEvent change)
    {
        State = new StoreState(Objects.Apply(change), _fold(Derived, change));
        _changes.Add(change);
    }
}

/// <summary>The objects and what is derived from them.</summary>
internal sealed record StoreState(StoreSnapshot Objects, object Derived);

/// <summary>One write: told to the store's writer. Exactly one of the two completions is called.</summary>
public abstract class StoreWrite
{
    /// <summary>
    /// Reads, decides and changes. Called once, within the writer; must not wait. What it returns is given to
    /// <see cref="Complete"/> once its changes are durable. If it throws, none of its changes happen.
    /// </summary>
    public abstract object Execute(StoreTransaction transaction);

    /// <summary>Called within the writer; must not wait.</summary>
    public abstract void Complete(object answer);

    /// <summary>The write did not happen, as far as the store knows. Called within the writer; must not wait.</summary>
    public abstract void Fail(Exception reason);
}

/// <summary>The store cannot take a write now. <paramref name="overloaded"/>: trying again soon may help.</summary>
public sealed class StoreUnavailableException(string message, bool overloaded) : Exception(message)
{
    public bool Overloaded => overloaded;
}
