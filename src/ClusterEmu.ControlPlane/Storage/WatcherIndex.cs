using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>An open watch, as the hub keeps it.</summary>
internal sealed class Watcher(long id, WatchRequest request, long openedAt, long bookmarkPeriod)
{
    public long Id => id;
    public WatchFilter Filter => request.Filter;
    public IWatchSink Sink => request.Sink;
    public bool Bookmarks => request.Bookmarks;
    public long Deadline { get; } = request.Timeout is { } timeout ? openedAt + (long)timeout.TotalMicroseconds : long.MaxValue;
    public long NextBookmark { get; set; } = openedAt + bookmarkPeriod;

    /// <summary>Every matching change up to this revision was given to the sink.</summary>
    public long Delivered { get; set; }

    /// <summary>The sink was full: the log from <see cref="Delivered"/> on is still to come.</summary>
    public bool Lagging { get; set; }
}

/// <summary>Finds the watches that a change may concern by (kind, namespace, name or node), without asking the others.</summary>
internal sealed class WatcherIndex
{
    private readonly record struct Slot(KindInfo Kind, string? Namespace, string? Name, string? NodeName);

    private readonly SortedDictionary<long, Watcher> _byId = [];
    private readonly Dictionary<Slot, List<Watcher>> _slots = [];

    public int Count => _byId.Count;

    public void Add(Watcher watcher)
    {
        _byId.Add(watcher.Id, watcher);
        var slot = SlotOf(watcher.Filter);
        if (!_slots.TryGetValue(slot, out var list)) _slots.Add(slot, list = []);
        list.Add(watcher);
    }

    public Watcher? Find(long id) => _byId.GetValueOrDefault(id);

    public void Remove(long id)
    {
        if (!_byId.Remove(id, out var watcher)) return;
        var slot = SlotOf(watcher.Filter);
        var list = _slots[slot];
        list.Remove(watcher);
        if (list.Count == 0) _slots.Remove(slot);
    }

    /// <summary>A copy, so that watches may be removed meanwhile; in the order of their numbers.</summary>
    public IReadOnlyList<Watcher> All() => [.. _byId.Values];

    /// <summary>Adds every watch that the change may concern; each at most once.</summary>
    public void Find(StoreEvent change, List<Watcher> into)
    {
        var (kind, ns, name) = (change.Kind, change.Object.Namespace, change.Object.Name);
        Add(new Slot(kind, null, null, null), into);
        Add(new Slot(kind, null, name, null), into);
        if (ns.Length > 0)
        {
            Add(new Slot(kind, ns, null, null), into);
            Add(new Slot(kind, ns, name, null), into);
        }
        AddNode(kind, ns, change.Object.Fields.NodeName, into);
        // An object that moved to another node concerns those who watch the node that it left.
        if (change.Previous is { } previous && previous.Fields.NodeName != change.Object.Fields.NodeName)
            AddNode(kind, ns, previous.Fields.NodeName, into);
    }

    private void AddNode(KindInfo kind, string ns, string node, List<Watcher> into)
    {
        Add(new Slot(kind, null, null, node), into);
        if (ns.Length > 0) Add(new Slot(kind, ns, null, node), into);
    }

    private void Add(Slot slot, List<Watcher> into)
    {
        if (_slots.TryGetValue(slot, out var list)) into.AddRange(list);
    }

    private static Slot SlotOf(WatchFilter filter) =>
        new(filter.Kind, filter.Namespace, filter.Name, filter.Name is null ? filter.NodeName : null);
}
