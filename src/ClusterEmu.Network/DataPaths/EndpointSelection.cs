namespace ClusterEmu.Network;

/// <summary>The endpoints that a packet may go to, or why there are none.</summary>
/// <param name="Candidates">Sorted; empty if the packet ends here.</param>
/// <param name="LocalOnly">They are this node's own.</param>
/// <param name="Masquerade">Whether the source must be translated, and why.</param>
/// <param name="Kind">If there are no candidates: what happens to the packet.</param>
/// <param name="Cause">If there are no candidates: why.</param>
internal readonly record struct CandidateSet(
    TableEndpoint[] Candidates, bool LocalOnly, MasqueradeCause Masquerade, DecisionKind Kind, DecisionCause Cause);

/// <summary>Which endpoints a packet may go to, by kube-proxy's mode and the Service's policies.</summary>
internal static class EndpointSelection
{
    public static CandidateSet Select(TableEntry entry, NodeFacts node, in Flow flow, PacketOrigin origin)
    {
        if (entry.Kind == EntryKind.LoadBalancerIP && !LetsIn(entry.Port, flow.Source.Ip))
            return Nobody(DecisionKind.Drop, DecisionCause.SourceRefused);
        return node.Mode == ProxyMode.Ipvs ? Ipvs(entry, node, flow, origin) : Iptables(entry, node, flow, origin);
    }

    /// <remarks>Source: pkg/proxy/iptables/proxier.go of Kubernetes 1.32.</remarks>
    private static CandidateSet Iptables(TableEntry entry, NodeFacts node, in Flow flow, PacketOrigin origin)
    {
        var port = entry.Port;
        if (!port.Choices.HasAny) return Nobody(DecisionKind.Reject, DecisionCause.NoEndpoints);
        var fromPod = node.ClusterPods.Contains(flow.Source.Ip);
        if (entry.Kind == EntryKind.ClusterIP)
        {
            var masquerade = fromPod ? MasqueradeCause.None : MasqueradeCause.OffCluster;
            return port.InternalLocal ? Local(port, node, masquerade) : Cluster(port, node, masquerade);
        }
        if (!port.ExternalLocal) return Cluster(port, node, MasqueradeCause.External);
        // Pods and the node itself are served as if the packet had gone up to the load balancer and come back.
        if (fromPod) return Cluster(port, node, MasqueradeCause.None);
        return origin == PacketOrigin.LocalHost ? Cluster(port, node, MasqueradeCause.FromNode) : Local(port, node, MasqueradeCause.None);
    }

    /// <remarks>One virtual server serves all senders alike. Source: pkg/proxy/ipvs/proxier.go of Kubernetes 1.32 (syncEndpoint).</remarks>
    private static CandidateSet Ipvs(TableEntry entry, NodeFacts node, in Flow flow, PacketOrigin origin)
    {
        var port = entry.Port;
        if (!port.Choices.HasAny) return Nobody(DecisionKind.Reject, DecisionCause.NoEndpoints);
        var internally = entry.Kind == EntryKind.ClusterIP;
        var local = internally ? port.InternalLocal : port.ExternalLocal;
        var masquerade = internally
            ? node.ClusterPods.Contains(flow.Source.Ip) ? MasqueradeCause.None : MasqueradeCause.OffCluster
            : local ? MasqueradeCause.None : MasqueradeCause.External;
        if (!local) return Cluster(port, node, masquerade);
        var own = port.Choices.ForLocal(node.Name);
        if (own.Length > 0) return new CandidateSet(own, true, masquerade, default, default);
        // Endpoints elsewhere stand in, but their answers to a sender outside carry the wrong address and are thrown away.
        if (!internally && origin is PacketOrigin.Wire or PacketOrigin.Outside) return Nobody(DecisionKind.Drop, DecisionCause.NoLocalEndpoints);
        var others = port.Choices.ForCluster(node.Name, node.Zone);
        return others.Length > 0
            ? new CandidateSet(others, false, masquerade, default, default)
            : Nobody(DecisionKind.Reject, DecisionCause.NoLocalEndpoints);
    }

    private static CandidateSet Cluster(ServicePortTable port, NodeFacts node, MasqueradeCause masquerade)
    {
        var candidates = port.Choices.ForCluster(node.Name, node.Zone);
        return candidates.Length > 0
            ? new CandidateSet(candidates, false, masquerade, default, default)
            : Nobody(DecisionKind.Reject, DecisionCause.NoTopologyMatch);
    }

    private static CandidateSet Local(ServicePortTable port, NodeFacts node, MasqueradeCause masquerade)
    {
        var candidates = port.Choices.ForLocal(node.Name);
        return candidates.Length > 0
            ? new CandidateSet(candidates, true, masquerade, default, default)
            : Nobody(DecisionKind.Drop, DecisionCause.NoLocalEndpoints);
    }

    private static CandidateSet Nobody(DecisionKind kind, DecisionCause cause) => new([], false, MasqueradeCause.None, kind, cause);

    private static bool LetsIn(ServicePortTable port, Ip source)
    {
        if (port.SourceRanges.Count == 0) return true;
        foreach (var range in port.SourceRanges)
            if (range.Contains(source)) return true;
        return false;
    }
}
