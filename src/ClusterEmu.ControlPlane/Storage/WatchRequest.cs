using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Which objects a watch is about. Namespace, name and node are indexed; the predicate is not.</summary>
public sealed record WatchFilter
{
    public required KindInfo Kind { get; init; }

    /// <summary>Null for all namespaces.</summary>
    public string? Namespace { get; init; }

    /// <summary>Null for all names.</summary>
    public string? Name { get; init; }

    /// <summary>Null for Pods of all nodes.</summary>
    public string? NodeName { get; init; }

    /// <summary>What else must hold; null if nothing. Pure.</summary>
    public Func<StoredObject, bool>? Predicate { get; init; }

    /// <summary>The objects that may match: found by an index where one helps.</summary>
    public IEnumerable<StoredObject> Candidates(StoreSnapshot objects) => (Name, NodeName) switch
    {
        ({ } name, _) => objects.Named(Kind, Namespace, name),
        (_, { Length: > 0 } node) => objects.OnNode(Kind, Namespace, node),
        _ => objects.List(Kind, Namespace),
    };

    public bool Matches(StoredObject value) =>
        value.Kind == Kind
        && (Namespace is null || Namespace == value.Namespace)
        && (Name is null || Name == value.Name)
        && (NodeName is null || NodeName == value.Fields.NodeName)
        && (Predicate is null || Predicate(value));

    /// <summary>What a log entry means for this watch; null if nothing.</summary>
    public WatchDelivery? Deliver(StoreEvent change)
    {
        var now = change.Type != StoreEventType.Deleted && Matches(change.Object);
        var before = change.Previous is not null && Matches(change.Previous);
        return (before, now) switch
        {
            (false, true) => new WatchDelivery(WatchEventType.Added, change.Object, change.Revision),
            (true, true) => new WatchDelivery(WatchEventType.Modified, change.Object, change.Revision),
            (true, false) when change.Type == StoreEventType.Deleted => new WatchDelivery(WatchEventType.Deleted, change.Object, change.Revision),
            (true, false) => new WatchDelivery(WatchEventType.Deleted, change.PreviousNow, change.Revision),
            _ => null,
        };
    }
}

/// <summary>One event for one watcher; the object's bytes are shared by all.</summary>
/// <param name="Type">For a bookmark there is no object.</param>
/// <param name="Object">Null for bookmarks.</param>
/// <param name="Revision">Everything up to here was delivered.</param>
/// <param name="InitialEventsEnd">The bookmark that ends the initial events.</param>
public sealed record WatchDelivery(WatchEventType Type, StoredObject? Object, long Revision, bool InitialEventsEnd = false);

/// <summary>Where a watch's events go. Called by the watch hub only; must not block.</summary>
public interface IWatchSink
{
    /// <summary>True if no more should come for now. Its owner sends <see cref="WatchHub.Command.Resume"/> once it is not.</summary>
    bool IsFull { get; }

    void Deliver(WatchDelivery delivery);

    /// <summary>The end, once. <paramref name="code"/>: 0 for a time-out or a closed server, else the HTTP code of the reason.</summary>
    void Close(int code, string message);
}

/// <summary>Opens a watch.</summary>
public sealed record WatchRequest
{
    public required WatchFilter Filter { get; init; }
    public required IWatchSink Sink { get; init; }

    /// <summary>Changes after this revision; null for the current state first, as ADDED, and then every change.</summary>
    public long? After { get; init; }

    public bool Bookmarks { get; init; }

    /// <summary>After the current state, a bookmark that says so. Only where <see cref="After"/> is null.</summary>
    public bool EndInitialEvents { get; init; }

    /// <summary>When the hub closes it. Null: never.</summary>
    public TimeSpan? Timeout { get; init; }
}
