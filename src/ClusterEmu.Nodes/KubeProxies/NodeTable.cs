using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>The table in force on one node, as its kube-proxy published it.</summary>
/// <param name="Root">The table.</param>
/// <param name="SyncedAt">When it came into force, in microseconds of the actor system's clock.</param>
public sealed record PublishedTable(TableRoot Root, long SyncedAt)
{
    public static readonly PublishedTable None = new(TableRoot.Empty, 0);
}

/// <summary>
/// Where a node's kube-proxy leaves its table and its data path finds it, as a kernel holds rules: nobody asks anybody.
/// One writer, many readers.
/// </summary>
public sealed class NodeTable(TableFeed feed, NodeFacts facts)
{
    private PublishedTable _published = PublishedTable.None;
    private NodeFacts _facts = facts;

    /// <summary>The node as its data path knows it.</summary>
    public NodeFacts Facts => Volatile.Read(ref _facts);

    public PublishedTable Published => Volatile.Read(ref _published);

    /// <summary>The newest table that the process has compiled, which the node may not have taken yet.</summary>
    public FedTable Newest => feed.Newest;

    /// <summary>For the node's kube-proxy alone, or for who stands in for it.</summary>
    public void Publish(PublishedTable table) => Volatile.Write(ref _published, table);

    internal void Observe(NodeFacts facts) => Volatile.Write(ref _facts, facts);

    /// <summary>The table as one may look at it: as <c>clusteremu node tables</c> shows it.</summary>
    /// <param name="now">Microseconds of the actor system's clock.</param>
    /// <param name="service">Show this Service alone; null shows all.</param>
    public NodeTableView View(long now, ObjectName? service)
    {
        var published = Published;
        var age = published.Root.Revision == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Max(0, now - published.SyncedAt));
        return NodeTableReader.Read(published.Root, Facts, Newest.Root.Revision, age, LagAt(now), service);
    }

    /// <summary>How far the node is behind: 0 if it has the newest table, else the age of the oldest change that it lacks.</summary>
    /// <param name="now">Microseconds of the actor system's clock.</param>
    public TimeSpan LagAt(long now)
    {
        var published = Published.Root.Revision;
        return Newest.Root.Revision <= published ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Max(0, now - feed.FirstAfter(published)));
    }
}

/// <param name="Root">The table.</param>
/// <param name="CompiledAt">When, in microseconds of the actor system's clock.</param>
public sealed record FedTable(TableRoot Root, long CompiledAt);

/// <summary>The tables that a process compiled lately. One writer (<see cref="TableSource"/>), many readers.</summary>
public sealed class TableFeed
{
    /// <summary>How many compile times are remembered to tell a lag exactly; older ones count as the oldest remembered.</summary>
    private const int Remembered = 1024;
    private readonly Lock _lock = new();
    private readonly Queue<(long Revision, long At)> _times = new();
    private FedTable _newest = new(TableRoot.Empty, 0);

    public FedTable Newest => Volatile.Read(ref _newest);

    internal void Publish(FedTable table)
    {
        lock (_lock)
        {
            _times.Enqueue((table.Root.Revision, table.CompiledAt));
            if (_times.Count > Remembered) _times.Dequeue();
        }
        Volatile.Write(ref _newest, table);
    }

    /// <summary>When the first table after <paramref name="revision"/> was compiled.</summary>
    internal long FirstAfter(long revision)
    {
        lock (_lock)
        {
            foreach (var (known, at) in _times)
                if (known > revision) return at;
        }
        return Newest.CompiledAt;
    }
}
