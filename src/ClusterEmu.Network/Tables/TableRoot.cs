namespace ClusterEmu.Network;

/// <summary>How a destination leads to a Service port.</summary>
public enum EntryKind : byte
{
    ClusterIP = 1,
    NodePort = 2,
    LoadBalancerIP = 3,
    ExternalIP = 4,
}

/// <summary>What a destination leads to.</summary>
/// <param name="Kind">How.</param>
/// <param name="Port">Where.</param>
/// <param name="Next">
/// Another Service that claims the same destination (two with one external IP), sorted by kind and name: it takes over when this one goes.
/// </param>
public sealed record TableEntry(EntryKind Kind, ServicePortTable Port, TableEntry? Next = null)
{
    /// <summary>Adds a claim in its order.</summary>
    public static TableEntry With(TableEntry? chain, EntryKind kind, ServicePortTable port) =>
        chain is null || Compare(kind, port, chain) < 0
            ? new TableEntry(kind, port, chain)
            : chain with { Next = With(chain.Next, kind, port) };

    /// <summary>Takes out the claims of a Service; null if none is left.</summary>
    public static TableEntry? Without(TableEntry? chain, ObjectName service)
    {
        if (chain is null) return null;
        var rest = Without(chain.Next, service);
        if (chain.Port.Service == service) return rest;
        return ReferenceEquals(rest, chain.Next) ? chain : chain with { Next = rest };
    }

    private static int Compare(EntryKind kind, ServicePortTable port, TableEntry other) =>
        kind != other.Kind ? kind.CompareTo(other.Kind) : port.Service.CompareTo(other.Port.Service);
}

/// <summary>All ports of one Service, in the order of the manifest. A Service that needs no table (headless, ExternalName) has none.</summary>
public sealed record ServiceTable(ObjectName Name, IReadOnlyList<ServicePortTable> Ports);

/// <summary>A whole routing table: an immutable version that shares structure with the ones before and after.</summary>
public sealed record TableRoot
{
    public static readonly TableRoot Empty = new();

    /// <summary>The process's count of informer events so far; 0 before the first.</summary>
    public long Revision { get; init; }

    /// <summary>resourceVersion of the last Service event seen.</summary>
    public string ServicesVersion { get; init; } = "";

    /// <summary>resourceVersion of the last EndpointSlice event seen.</summary>
    public string SlicesVersion { get; init; } = "";

    /// <summary>ClusterIPs, load balancer IPs and external IPs.</summary>
    public PersistentMap<TableKey, TableEntry> Entries { get; init; } = PersistentMap<TableKey, TableEntry>.Empty;

    /// <summary>NodePorts: open on every address of every node.</summary>
    public PersistentMap<NodePortKey, TableEntry> NodePorts { get; init; } = PersistentMap<NodePortKey, TableEntry>.Empty;

    /// <summary>How many entries each address has. In ipvs mode the address then is on kube-ipvs0, whatever the port.</summary>
    public PersistentMap<IpKey, int> Addresses { get; init; } = PersistentMap<IpKey, int>.Empty;

    public PersistentMap<ObjectName, ServiceTable> Services { get; init; } = PersistentMap<ObjectName, ServiceTable>.Empty;

    /// <summary>The Services whose answer depends on the node, for listings.</summary>
    public PersistentMap<ObjectName, ServiceTable> NodeDependent { get; init; } = PersistentMap<ObjectName, ServiceTable>.Empty;
}
