namespace ClusterEmu.Network;

/// <summary>Who has which address, and which process to hand a packet to. An immutable snapshot.</summary>
/// <remarks>Equal members give equal answers, whatever their order. Where two nodes claim one address, the first by name has it.</remarks>
public sealed class FabricDirectory
{
    private readonly AddressPlan _plan;
    private readonly Dictionary<string, FabricNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FabricPeer> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<Ip, FabricNode> _internal = [];
    private readonly Dictionary<Ip, FabricNode> _external = [];
    private readonly List<(Cidr Range, FabricNode Node)> _pods = [];
    private readonly FabricPeer? _edge;
    private readonly FabricPeer? _controlPlane;

    public FabricDirectory(long revision, AddressPlan plan, IEnumerable<FabricNode> nodes, IEnumerable<FabricPeer> peers)
    {
        Revision = revision;
        _plan = plan;
        foreach (var peer in peers.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            _peers.TryAdd(peer.Name, peer);
            if (peer.Role == "edge") _edge ??= peer;
            if (peer.Role == "control-plane") _controlPlane ??= peer;
        }
        foreach (var node in nodes.OrderBy(n => n.Name, StringComparer.Ordinal))
        {
            if (!_nodes.TryAdd(node.Name, node)) continue;
            foreach (var ip in node.InternalIPs) _internal.TryAdd(ip, node);
            foreach (var ip in node.ExternalIPs) _external.TryAdd(ip, node);
            foreach (var range in node.PodRanges) _pods.Add((range, node));
        }
        _pods.Sort((a, b) => a.Range.CompareTo(b.Range) is var order && order != 0 ? order : string.CompareOrdinal(a.Node.Name, b.Node.Name));
    }

    /// <summary>A directory that knows nobody yet.</summary>
    public static FabricDirectory EmptyOf(AddressPlan plan) => new(0, plan, [], []);

    /// <summary>Counts changes, from 1; 0 is the empty directory.</summary>
    public long Revision { get; }
    public AddressPlan Plan => _plan;

    /// <summary>All nodes, by name.</summary>
    public IReadOnlyList<FabricNode> Nodes => [.. _nodes.Values.OrderBy(n => n.Name, StringComparer.Ordinal)];

    public FabricNode? FindNode(string name) => _nodes.GetValueOrDefault(name);

    public FabricPeer? FindPeer(string process) => _peers.GetValueOrDefault(process);

    /// <summary>The node whose InternalIP or Pod range holds the address; null if none does.</summary>
    public FabricNode? FindOwner(Ip ip) => _internal.GetValueOrDefault(ip) ?? NodeOfPod(ip);

    /// <summary>The way to an address, after all translation by the sender's node.</summary>
    public FabricRoute RouteTo(Ip destination)
    {
        if (destination == _plan.ControlPlane)
            return new FabricRoute(FabricRouteKind.ToControlPlane, "", _controlPlane, destination, $"{destination} is the control plane.");
        if (_internal.TryGetValue(destination, out var node))
            return ToNode(FabricRouteKind.ToNode, node, destination, $"{destination} is the InternalIP of {node.Name}.");
        if (NodeOfPod(destination) is { } host)
            return ToNode(FabricRouteKind.ToNode, host, destination, $"{destination} lies in {RangeOf(host, destination)}, the Pods of {host.Name}.");
        if (_external.TryGetValue(destination, out var target)) return ThroughEdge(target, destination);
        if (_plan.ServiceRange.Contains(destination))
            return Lost(destination, $"{destination} lies in the Service range {_plan.ServiceRange}: it exists only in the nodes' tables, and no router knows a way to it.");
        if (_plan.PodRange.Contains(destination))
            return Lost(destination, $"{destination} lies in the Pod range {_plan.PodRange}, but in no node's part of it.");
        if (_plan.NodeRange.Contains(destination))
            return Lost(destination, $"{destination} lies in the node range {_plan.NodeRange}, but no node has it.");
        var outside = _plan.LoadBalancerRange.Contains(destination) ? "is a load balancer's address" : "is outside the cluster";
        return new FabricRoute(FabricRouteKind.ToEdge, "", _edge, destination, _edge is null
            ? $"{destination} {outside}, and no edge process is known. See 'clusteremu status'."
            : $"{destination} {outside}.");
    }

    private FabricRoute ThroughEdge(FabricNode node, Ip external)
    {
        foreach (var ip in node.InternalIPs)
            if (ip.IsV4 == external.IsV4)
                return ToNode(FabricRouteKind.ToNodeThroughEdge, node, ip,
                    $"{external} is the ExternalIP of {node.Name}; the cloud's edge translates it to {ip}.");
        return Lost(external, $"{external} is an ExternalIP of {node.Name}, which has no InternalIP of that family.");
    }

    private FabricRoute ToNode(FabricRouteKind kind, FabricNode node, Ip destination, string reason)
    {
        var peer = FindPeer(node.Process);
        if (peer is null)
            reason += node.Process.Length == 0
                ? $" Node {node.Name} has no annotation {Registration.ProcessAnnotation}, so no process runs it."
                : $" Its process {node.Process} has not registered. See 'clusteremu status'.";
        return new FabricRoute(kind, node.Name, peer, destination, reason);
    }

    private static FabricRoute Lost(Ip destination, string reason) => new(FabricRouteKind.Nowhere, "", null, destination, reason);

    private static Cidr RangeOf(FabricNode node, Ip ip) => node.PodRanges.First(r => r.Contains(ip));

    private FabricNode? NodeOfPod(Ip ip)
    {
        // The last range that starts at or before the address; node ranges do not nest.
        int low = 0, high = _pods.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pods[middle].Range.First.CompareTo(ip) <= 0) low = middle + 1;
            else high = middle;
        }
        for (var i = low - 1; i >= 0 && _pods[i].Range.Contains(ip); i--)
            if (i == 0 || !_pods[i - 1].Range.Contains(ip)) return _pods[i].Node;
        return null;
    }
}
