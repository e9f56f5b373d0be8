using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>How a choice of an endpoint stands to a table. The better a standing, the lower its number.</summary>
public enum EndpointStanding
{
    /// <summary>The table allows it.</summary>
    Allowed,

    /// <summary>The endpoint takes traffic, but not this one: the policy is Local, and it is another node's.</summary>
    NotLocal,

    /// <summary>The endpoint takes traffic, but for other zones or nodes than this one.</summary>
    OtherZone,

    /// <summary>The Service has the endpoint, but it takes no new connections: it is not ready, or terminates while others are ready.</summary>
    NotUsable,

    /// <summary>The Service has no such endpoint.</summary>
    Removed,

    /// <summary>The table does not have that destination.</summary>
    NoService,

    /// <summary>The Service has no such endpoint, and never had in that table: it is another Service's alone.</summary>
    AnotherService,
}

/// <summary>
/// Which endpoints a node may give to a new connection, told anew from Kubernetes's documentation and not from the product's code: readiness,
/// terminating endpoints, traffic policies and zone hints.
/// </summary>
/// <remarks>Asked three times for each request of a simulation: it allocates nothing.</remarks>
public static class EndpointRules
{
    /// <param name="root">The table.</param>
    /// <param name="node">The node that chose.</param>
    /// <param name="flow">The connection as it came to the node.</param>
    /// <param name="chosen">The endpoint that the node gave it.</param>
    public static EndpointStanding Judge(TableRoot root, NodeFacts node, in Flow flow, IpPort chosen)
    {
        if (Find(root, node, flow) is not { } entry) return EndpointStanding.NoService;
        var port = entry.Port;
        if (EndpointAt(port, chosen) is not { } endpoint) return IsAnothers(root, port, chosen) ? EndpointStanding.AnotherService : EndpointStanding.Removed;
        var local = MustBeLocal(entry, node, flow.Source.Ip);
        // ipvs lets other nodes' endpoints stand in where the node has none of its own.
        if (local && node.Mode == ProxyMode.Ipvs && Best(port, node.Name) == Fitness.None) local = false;
        if (local && endpoint.Node != node.Name) return EndpointStanding.NotLocal;
        var fitness = FitnessOf(endpoint);
        if (fitness == Fitness.None || fitness < Best(port, local ? node.Name : null)) return EndpointStanding.NotUsable;
        return local || IsForZone(port, endpoint, node) ? EndpointStanding.Allowed : EndpointStanding.OtherZone;
    }

    /// <summary>Whether the node had to turn the connection away: the destination is a Service's, and there is nobody to take it.</summary>
    public static bool MayRefuse(TableRoot root, NodeFacts node, in Flow flow)
    {
        if (Find(root, node, flow) is not { } entry) return true;
        var port = entry.Port;
        if (port.TopologyKeys.Count > 0) return true; // Whoever is near may be nobody.
        if (Best(port, null) == Fitness.None) return true;
        if (entry.Kind == EntryKind.LoadBalancerIP && port.SourceRanges.Count > 0) return true;
        return MustBeLocal(entry, node, flow.Source.Ip) && Best(port, node.Name) == Fitness.None;
    }

    /// <summary>The table's entry for a destination; null if it is no Service's.</summary>
    public static TableEntry? Find(TableRoot root, NodeFacts node, in Flow flow)
    {
        if (root.Entries.TryGet(new TableKey(flow.Destination.Ip, flow.Protocol, flow.Destination.Port), out var entry)) return entry;
        return node.IsOwn(flow.Destination.Ip) && root.NodePorts.TryGet(new NodePortKey(flow.Protocol, flow.Destination.Port), out entry) ? entry : null;
    }

    private static TableEndpoint? EndpointAt(ServicePortTable port, IpPort address)
    {
        var endpoints = port.Endpoints;
        for (var i = 0; i < endpoints.Count; i++)
            if (endpoints[i].Address == address) return endpoints[i];
        return null;
    }

    private static Fitness FitnessOf(TableEndpoint endpoint) =>
        endpoint.Ready ? Fitness.Ready : endpoint is { Serving: true, Terminating: true } ? Fitness.Terminating : Fitness.None;

    /// <summary>How fit the fittest endpoints are, of one node or (null) of all: those take new connections, and no others.</summary>
    private static Fitness Best(ServicePortTable port, string? node)
    {
        var best = Fitness.None;
        var endpoints = port.Endpoints;
        for (var i = 0; i < endpoints.Count && best != Fitness.Ready; i++)
        {
            if (node is not null && endpoints[i].Node != node) continue;
            if (FitnessOf(endpoints[i]) is var fitness && fitness > best) best = fitness;
        }
        return best;
    }

    private static bool MustBeLocal(TableEntry entry, NodeFacts node, Ip source)
    {
        if (entry.Kind == EntryKind.ClusterIP) return entry.Port.InternalLocal;
        if (!entry.Port.ExternalLocal) return false;
        // What begins inside the cluster is served as by its load balancer, which takes any node (iptables); ipvs makes no difference.
        return node.Mode == ProxyMode.Ipvs || !(node.ClusterPods.Contains(source) || node.IsOwn(source));
    }

    /// <summary>Hints count only if every ready endpoint has some and the node's zone is among them; topologyKeys are not judged here.</summary>
    private static bool IsForZone(ServicePortTable port, TableEndpoint chosen, NodeFacts node)
    {
        if (port.TopologyKeys.Count > 0) return true;
        var (anyReady, anyForZone) = (false, false);
        var endpoints = port.Endpoints;
        for (var i = 0; i < endpoints.Count; i++)
        {
            if (!endpoints[i].Ready) continue;
            if (endpoints[i].HintZones.Count == 0) return true;
            anyReady = true;
            anyForZone |= endpoints[i].HintZones.Contains(node.Zone);
        }
        return !anyReady || !anyForZone || chosen.HintZones.Contains(node.Zone);
    }

    private static bool IsAnothers(TableRoot root, ServicePortTable mine, IpPort chosen)
    {
        foreach (var (name, service) in root.Services.Sorted())
        {
            if (name == mine.Service) continue;
            foreach (var port in service.Ports)
                foreach (var endpoint in port.Endpoints)
                    if (endpoint.Address == chosen) return true;
        }
        return false;
    }

    /// <summary>What an endpoint may take. Only where none is ready, those that still serve while they terminate stand in.</summary>
    private enum Fitness
    {
        None,
        Terminating,
        Ready,
    }
}
