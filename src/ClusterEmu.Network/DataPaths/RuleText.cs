namespace ClusterEmu.Network;

/// <summary>Names the rules that a decision followed, as kube-proxy names them.</summary>
internal static class RuleText
{
    public static string Dnat(in Decision decision, NodeFacts node)
    {
        var head = $"{DecisionText.Target(decision)}, from {decision.Original.Source}. ";
        if (decision.Choice == ChoiceMethod.Tracked)
            return head + $"conntrack knows this exchange: it stays with {decision.Endpoint}.";
        return head + (node.Mode == ProxyMode.Ipvs ? Ipvs(decision) : Iptables(decision));
    }

    public static string Masquerade(in Decision decision) => decision.Masquerade switch
    {
        MasqueradeCause.External => "it came from outside under externalTrafficPolicy Cluster, and the answer must come back this way (KUBE-MARK-MASQ).",
        MasqueradeCause.FromNode => "the node itself asked for an external address (KUBE-MARK-MASQ).",
        MasqueradeCause.OffCluster => "the sender of a packet to a ClusterIP is no Pod (KUBE-MARK-MASQ).",
        MasqueradeCause.Hairpin => "the Pod reached itself through its Service, and must not answer itself directly (KUBE-MARK-MASQ).",
        MasqueradeCause.LeavesPodNetwork => "a Pod's packet that leaves the Pod network carries its node's address (MASQUERADE).",
        _ => "",
    };

    /// <summary>The chains that lead to a Service's endpoints.</summary>
    public static string Path(TableEntry entry, bool localOnly)
    {
        var chains = entry.Port.Chains;
        var chain = localOnly ? chains.Local : chains.Cluster;
        return entry.Kind switch
        {
            EntryKind.ClusterIP => $"KUBE-SERVICES -> {chain}",
            EntryKind.NodePort => $"KUBE-NODEPORTS -> {chains.External} -> {chain}",
            _ => $"KUBE-SERVICES -> {chains.External} -> {chain}",
        };
    }

    private static string Iptables(in Decision decision)
    {
        var port = decision.Entry!.Port;
        var (chains, endpoint) = (port.Chains, decision.Endpoint!);
        var path = Path(decision.Entry, decision.LocalOnly);
        var why = decision.Choice == ChoiceMethod.Affinity
            ? $"{decision.Original.Source.Ip} was sent there within the last {port.AffinitySeconds} s (sessionAffinity ClientIP)"
            : decision.Candidates == 1 ? "the only endpoint"
            : decision.Index == decision.Candidates - 1 ? $"rule {decision.Candidates} of {decision.Candidates}, which takes what is left"
            : $"rule {decision.Index + 1} of {decision.Candidates}, probability {ProbabilityChain.Text(decision.Candidates - decision.Index)}";
        return $"{path} -> {chains.EndpointOf(endpoint.Address)} ({why}): DNAT to {endpoint}.";
    }

    private static string Ipvs(in Decision decision)
    {
        var port = decision.Entry!.Port;
        var why = decision.Choice == ChoiceMethod.Affinity
            ? $"{decision.Original.Source.Ip} was sent there within the last {port.AffinitySeconds} s (persistent)"
            : $"turn {decision.Index + 1} of {decision.Candidates}";
        return $"ipvs: virtual server {DecisionText.Name(port.Protocol)} {decision.Original.Destination} rr -> {decision.Endpoint} ({why}).";
    }
}
