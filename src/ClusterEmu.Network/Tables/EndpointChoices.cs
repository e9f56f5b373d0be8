namespace ClusterEmu.Network;

/// <summary>
/// The endpoints that a Service port may use, worked out once for all nodes: for the cluster, by zone where zones differ, by node
/// where nodes differ. Immutable.
/// </summary>
/// <remarks>Source of the rules: pkg/proxy/topology.go of Kubernetes 1.32 (CategorizeEndpoints).</remarks>
public sealed class EndpointChoices
{
    /// <summary>Every usable endpoint of the cluster: the ready ones; if there are none, those that serve while terminating.</summary>
    public required TableEndpoint[] Cluster { get; init; }

    /// <summary>By zone, where hints or topologyKeys make zones differ; sorted by zone. A zone that is missing uses <see cref="Cluster"/>.</summary>
    public required (string Zone, TableEndpoint[] Endpoints)[] ByZone { get; init; }

    /// <summary>By node, where topologyKeys prefer the same node; sorted by node. A node that is missing goes by its zone.</summary>
    public required (string Node, TableEndpoint[] Endpoints)[] BySameNode { get; init; }

    /// <summary>For Local policies: each node's own endpoints; sorted by node. A node that is missing has none.</summary>
    public required (string Node, TableEndpoint[] Endpoints)[] Local { get; init; }

    /// <summary>Whether any endpoint could be used by anybody. If not, packets are rejected, not dropped.</summary>
    public required bool HasAny { get; init; }

    /// <summary>Whether a zone or node without an entry has nothing at all: topologyKeys that do not end with "*".</summary>
    public required bool Strict { get; init; }

    public bool DependsOnNode => ByZone.Length > 0 || BySameNode.Length > 0 || Strict;

    /// <summary>What a node in a zone uses under policy Cluster.</summary>
    public TableEndpoint[] ForCluster(string node, string zone)
    {
        if (!DependsOnNode) return Cluster;
        return Find(BySameNode, node) ?? Find(ByZone, zone) ?? (Strict ? [] : Cluster);
    }

    /// <summary>What a node uses under policy Local.</summary>
    public TableEndpoint[] ForLocal(string node) => Find(Local, node) ?? [];

    private static TableEndpoint[]? Find((string Name, TableEndpoint[] Endpoints)[] groups, string name)
    {
        int low = 0, high = groups.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(groups[middle].Name, name);
            if (order == 0) return groups[middle].Endpoints;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }
}
