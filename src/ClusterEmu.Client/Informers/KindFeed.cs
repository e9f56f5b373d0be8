using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>What an <see cref="InformerHub"/> knows of one kind, and what it has to tell its subscribers. Pure.</summary>
public sealed class KindFeed(KindInfo kind)
{
    private readonly ObjectCache<IKubeObject> _objects = new();
    private readonly List<IKubeObject> _chunks = [];
    private readonly HashSet<ObjectKey> _unreadable = [];

    /// <summary>True once a list has ended.</summary>
    public bool Synced { get; private set; }

    /// <summary>Objects that it knows.</summary>
    public int Count => _objects.Count;

    /// <summary>Everything up to this revision is known.</summary>
    public string ResourceVersion { get; private set; } = "";

    /// <summary>What a new subscriber is told.</summary>
    public InformerSynced Snapshot => new(kind, [.. _objects.All], ResourceVersion);

    /// <summary>Starts a list anew.</summary>
    public void BeginList()
    {
        _chunks.Clear();
        _unreadable.Clear();
    }

    /// <summary>Takes in one chunk of a list that goes on.</summary>
    public void AddChunk(IReadOnlyList<IKubeObject> items) => _chunks.AddRange(items);

    /// <summary>The list has an object that cannot be read: what was known of it stays.</summary>
    public void AddUnreadable(ObjectKey key) => _unreadable.Add(key);

    /// <summary>Ends a list.</summary>
    /// <param name="resourceVersion">Of the list.</param>
    /// <returns>The differences to what was known, in the list's order, then what is gone. Empty after the first list.</returns>
    public IReadOnlyList<InformerChanged> EndList(string resourceVersion)
    {
        var first = !Synced;
        var changes = new List<InformerChanged>();
        var seen = new HashSet<ObjectKey>(_unreadable);
        foreach (var item in _chunks)
        {
            seen.Add(ObjectKey.Of(item));
            AddListed(item, changes);
        }
        foreach (var gone in _objects.All.Where(known => !seen.Contains(ObjectKey.Of(known))).ToList())
        {
            _objects.Remove(ObjectKey.Of(gone));
            changes.Add(new(kind, WatchEventType.Deleted, gone, gone, resourceVersion));
        }
        BeginList();
        Synced = true;
        ResourceVersion = resourceVersion;
        return first ? [] : changes;
    }

    /// <summary>Takes in one event of the watch.</summary>
    /// <returns>What subscribers are told; null for a bookmark, and for an event about something unknown that is gone.</returns>
    public InformerChanged? Apply(WatchEvent message)
    {
        ResourceVersion = message.ResourceVersion;
        if (message.Unreadable is { } bad)
        {
            // What it says cannot be known, but that it is gone can.
            var last = message.Type == WatchEventType.Deleted ? _objects.Remove(bad.Key) : null;
            return last is null ? null : new(kind, WatchEventType.Deleted, last, last, message.ResourceVersion);
        }
        if (message.Type == WatchEventType.Bookmark || message.Object is null) return null;
        if (message.Type == WatchEventType.Deleted)
        {
            var gone = _objects.Remove(ObjectKey.Of(message.Object));
            return gone is null ? null : new(kind, WatchEventType.Deleted, message.Object, gone, message.ResourceVersion);
        }
        var previous = _objects.Set(message.Object);
        var type = previous is null ? WatchEventType.Added : WatchEventType.Modified;
        return new(kind, type, message.Object, previous, message.ResourceVersion);
    }

    private void AddListed(IKubeObject item, List<InformerChanged> changes)
    {
        var previous = _objects.Get(ObjectKey.Of(item));
        if (previous is not null && previous.Metadata.Uid != item.Metadata.Uid)
        {
            // Deleted and made anew during the gap: subscribers see both.
            changes.Add(new(kind, WatchEventType.Deleted, previous, previous, item.Metadata.ResourceVersion));
            previous = null;
        }
        else if (previous?.Metadata.ResourceVersion == item.Metadata.ResourceVersion)
        {
            return;
        }
        _objects.Set(item);
        var type = previous is null ? WatchEventType.Added : WatchEventType.Modified;
        changes.Add(new(kind, type, item, previous, item.Metadata.ResourceVersion));
    }
}
