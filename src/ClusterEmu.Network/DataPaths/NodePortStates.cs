namespace ClusterEmu.Network;

/// <summary>How a node answers packets from outside to its own ports.</summary>
public static class NodePortStates
{
    /// <summary>The NodePorts of the table and the ports of the node's own listeners, sorted by protocol and port.</summary>
    /// <param name="root">The table in force.</param>
    /// <param name="node">The node.</param>
    /// <param name="hostPorts">Ports on which a process of the node itself listens. A NodePort goes before it.</param>
    public static IReadOnlyList<WirePort> List(TableRoot root, NodeFacts node, IEnumerable<(IpProtocol Protocol, int Port)> hostPorts)
    {
        var ports = new SortedDictionary<(IpProtocol, int), WirePort>();
        foreach (var (protocol, port) in hostPorts) ports[(protocol, port)] = new WirePort(protocol, port, WirePortAction.Deliver);
        foreach (var (key, entry) in root.NodePorts.Sorted())
            ports[(key.Protocol, key.Port)] = new WirePort(key.Protocol, key.Port, StateOf(entry, node));
        return [.. ports.Values];
    }

    private static WirePortAction StateOf(TableEntry entry, NodeFacts node)
    {
        // Any stranger will do: NodePorts look at the policy, not at who sends.
        var flow = new Flow(entry.Port.Protocol, new IpPort(Ip.FromV4(0xC0000201), 1), new IpPort(node.Addresses[0], entry.Port.NodePort));
        var set = EndpointSelection.Select(entry, node, flow, PacketOrigin.Outside);
        if (set.Candidates.Length > 0) return WirePortAction.Forward;
        return set.Kind == DecisionKind.Drop ? WirePortAction.Drop : WirePortAction.Reject;
    }
}
