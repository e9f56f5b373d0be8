namespace ClusterEmu.Network;

/// <summary>Makes a <see cref="NodeTableView"/> of a table as one node sees it.</summary>
public static class NodeTableReader
{
    /// <param name="root">The table in force.</param>
    /// <param name="node">The node.</param>
    /// <param name="newestRevision">The newest table of the process.</param>
    /// <param name="age">How long the table has been in force.</param>
    /// <param name="lag">How far the node is behind.</param>
    /// <param name="only">Show this Service alone; null shows all.</param>
    public static NodeTableView Read(TableRoot root, NodeFacts node, long newestRevision, TimeSpan age, TimeSpan lag, ObjectName? only)
    {
        IEnumerable<ServiceTable> services = only is not { } name ? root.Services.Sorted().Select(s => s.Value)
            : root.Services.TryGet(name, out var wanted) ? [wanted] : [];
        var ports = services.SelectMany(s => s.Ports).Select(port => Read(port, node)).ToList();
        return new NodeTableView(
            node.Name,
            node.Mode == ProxyMode.Ipvs ? "ipvs" : "iptables",
            root.Revision,
            newestRevision,
            age.TotalMilliseconds,
            lag.TotalMilliseconds,
            root.ServicesVersion,
            root.SlicesVersion,
            ports.Count > 0 ? "" : NoteFor(root, node, only),
            ports);
    }

    private static string NoteFor(TableRoot root, NodeFacts node, ObjectName? only)
    {
        if (root.Revision == 0) return $"{node.Name} has no table: it is switched off, or has not heard from the API server yet.";
        return only is null
            ? $"{node.Name} has no rules: there is no Service with a ClusterIP."
            : $"{node.Name} has no rules for {only}: there is no such Service, or it is headless or of type ExternalName, which need none.";
    }

    private static ServicePortView Read(ServicePortTable port, NodeFacts node)
    {
        var rules = new List<RuleView>();
        foreach (var ip in port.ClusterIPs) rules.Add(Read(new TableEntry(EntryKind.ClusterIP, port), new IpPort(ip, port.Port), node));
        foreach (var ip in port.ExternalIPs) rules.Add(Read(new TableEntry(EntryKind.ExternalIP, port), new IpPort(ip, port.Port), node));
        foreach (var ip in port.LoadBalancerIPs) rules.Add(Read(new TableEntry(EntryKind.LoadBalancerIP, port), new IpPort(ip, port.Port), node));
        if (port.NodePort != 0) rules.Add(Read(new TableEntry(EntryKind.NodePort, port), new IpPort(node.Addresses[0], port.NodePort), node));
        return new ServicePortView(
            port.Service.ToString(),
            port.PortName,
            DecisionText.Name(port.Protocol),
            port.AffinitySeconds,
            port.InternalLocal ? "Local" : "Cluster",
            !port.ExternallyAccessible ? "" : port.ExternalLocal ? "Local" : "Cluster",
            [.. port.SourceRanges.Select(r => r.ToString())],
            rules,
            [.. port.Endpoints.Select(e => new EndpointView($"{e.Address}", e.Pod, e.Node, e.Zone, e.Ready, e.Serving, e.Terminating, port.Chains.EndpointOf(e.Address)))],
            port.ServiceVersion,
            port.SliceVersions);
    }

    private static RuleView Read(TableEntry entry, IpPort destination, NodeFacts node)
    {
        // A Pod of the cluster asks for a ClusterIP, somebody whom the source ranges let in for the rest.
        var inside = entry.Kind == EntryKind.ClusterIP;
        var source = inside ? node.ClusterPods.First : entry.Port.SourceRanges.Count > 0 ? entry.Port.SourceRanges[0].First : Ip.FromV4(0xC0000201);
        var flow = new Flow(entry.Port.Protocol, new IpPort(source, 1), destination);
        var set = EndpointSelection.Select(entry, node, flow, inside ? PacketOrigin.LocalPod : PacketOrigin.Outside);
        return new RuleView(
            $"{entry.Kind}",
            entry.Kind == EntryKind.NodePort ? $"*:{destination.Port}" : $"{destination}",
            node.Mode == ProxyMode.Ipvs ? $"virtual server {DecisionText.Name(entry.Port.Protocol)} {destination} rr" : RuleText.Path(entry, set.LocalOnly),
            set.Candidates.Length > 0 ? "dnat" : set.Kind == DecisionKind.Drop ? "drop" : "reject",
            set.Candidates.Length > 0 ? "" : set.Cause switch
            {
                DecisionCause.NoEndpoints => "has no endpoints",
                DecisionCause.NoLocalEndpoints => "has no local endpoints",
                DecisionCause.NoTopologyMatch => "topologyKeys find no endpoint",
                _ => "",
            },
            [.. set.Candidates.Select(c => $"{c.Address}")]);
    }
}
