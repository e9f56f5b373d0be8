namespace ClusterEmu.Network;

/// <summary>Tells a <see cref="Decision"/> in sentences: for errors, and as the hops of a trace.</summary>
public static class DecisionText
{
    /// <summary>Why the packet did not go on; empty if it did.</summary>
    public static string Reason(in Decision decision, NodeFacts node)
    {
        var destination = decision.Original.Destination;
        var port = decision.Entry?.Port;
        var at = $"{node.Name}, table {decision.Revision}";
        return decision.Cause switch
        {
            DecisionCause.NoEndpoints => $"{Target(decision)} has no endpoints: {EndpointCount(port!)}. {at} rejects the packet.",
            DecisionCause.NoLocalEndpoints =>
                $"{Target(decision)} has {PolicyOf(decision)} Local, and none of its endpoints is on {node.Name}: "
                + (decision.Kind == DecisionKind.Drop ? $"{at} drops the packet." : $"{at} rejects the packet."),
            DecisionCause.NoTopologyMatch => $"{Target(decision)}: none of its topologyKeys ({string.Join(", ", port!.TopologyKeys)}) "
                + $"finds an endpoint for {node.Name} in zone '{node.Zone}'. End the list with \"*\" to allow any. {at} rejects the packet.",
            DecisionCause.SourceRefused => $"{Target(decision)} lets only {string.Join(", ", port!.SourceRanges)} in (loadBalancerSourceRanges), "
                + $"and {decision.Original.Source.Ip} is not among them: {at} drops the packet ({port.Chains.Firewall}).",
            DecisionCause.NoRule => $"{destination} ({Name(decision.Original.Protocol)}) is a Service address, but no rule of {at} has that address and port. "
                + "The packet leaves by the default route, and nobody answers.",
            DecisionCause.NoVirtualServer => $"{destination.Ip} is a Service's address, but it has no port {Name(decision.Original.Protocol)} {destination.Port}: "
                + $"{at} has the address on kube-ipvs0 and refuses.",
            DecisionCause.PortClosed => $"Nothing listens on {Name(decision.Translated.Protocol)} {decision.Translated.Destination}{Of(decision)}: connection refused. "
                + ClosedHint(decision),
            DecisionCause.NoSuchPod => $"No Pod on {node.Name} has the address {decision.Translated.Destination.Ip}{Of(decision)}: host unreachable.",
            DecisionCause.NotForThisNode => $"{destination} is no address of {node.Name} or of its Pods: host unreachable.",
            DecisionCause.ConntrackFull => $"The conntrack table of {node.Name} is full: packet dropped.",
            DecisionCause.NoFreePort => $"{node.Name} has no source port left for connections to {decision.Translated.Destination}: packet dropped.",
            _ => "",
        };
    }

    /// <summary>The steps taken at this node. Times are 0; who asked fills them in.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="node">The node that took it.</param>
    /// <param name="owner">Who takes the packet, if it was delivered; may be empty.</param>
    public static IReadOnlyList<TraceHop> Hops(in Decision decision, NodeFacts node, string owner = "")
    {
        var hops = new List<TraceHop>(3);
        var at = $"node/{node.Name}";
        var revision = decision.Revision;
        if (decision.Endpoint is not null && decision.Cause != DecisionCause.TrackedReply)
            hops.Add(new TraceHop(at, "dnat", RuleText.Dnat(decision, node), revision, 0));
        else if (decision.Cause == DecisionCause.TrackedReply)
            hops.Add(new TraceHop(at, "reverse", $"An answer: conntrack turns {decision.Original.Source} -> {decision.Original.Destination} "
                + $"back into {decision.Translated.Source} -> {decision.Translated.Destination}.", revision, 0));
        if (decision.Masquerade != MasqueradeCause.None && decision.Translated.Source != decision.Original.Source)
            hops.Add(new TraceHop(at, "snat", $"Source {decision.Original.Source} becomes {decision.Translated.Source}: {RuleText.Masquerade(decision)}", revision, 0));
        hops.Add(decision.Kind switch
        {
            DecisionKind.Deliver => new TraceHop(at, "deliver", owner.Length == 0
                ? $"{decision.Translated.Destination} is on {node.Name}."
                : $"{decision.Translated.Destination} is on {node.Name}: {owner} takes it.", revision, 0),
            DecisionKind.Forward => new TraceHop(at, "forward", $"{decision.Translated.Destination} is not on {node.Name}: on to {NextOf(decision)}.", revision, 0),
            DecisionKind.Reject => new TraceHop(at, "reject", Reason(decision, node), revision, 0),
            DecisionKind.Drop => new TraceHop(at, "drop", Reason(decision, node), revision, 0),
            _ => new TraceHop(at, "unreachable", Reason(decision, node), revision, 0),
        });
        return hops;
    }

    /// <summary>TCP, UDP or SCTP.</summary>
    internal static string Name(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Udp => "UDP",
        IpProtocol.Sctp => "SCTP",
        _ => "TCP",
    };

    /// <summary>What the destination is: <c>ClusterIP 10.96.0.10:53 of kube-system/kube-dns:dns</c>.</summary>
    internal static string Target(in Decision decision)
    {
        var destination = decision.Original.Destination;
        var entry = decision.Entry!;
        return entry.Kind switch
        {
            EntryKind.ClusterIP => $"ClusterIP {destination} of {entry.Port.PortText}",
            EntryKind.NodePort => $"NodePort {destination.Port} of {entry.Port.PortText}",
            EntryKind.LoadBalancerIP => $"Load balancer IP {destination} of {entry.Port.PortText}",
            _ => $"External IP {destination} of {entry.Port.PortText}",
        };
    }

    private static string PolicyOf(in Decision decision) =>
        decision.Entry!.Kind == EntryKind.ClusterIP ? "internalTrafficPolicy" : "externalTrafficPolicy";

    private static string EndpointCount(ServicePortTable port)
    {
        if (port.Endpoints.Count == 0) return "no Pod matches its selector, or none is listed in its EndpointSlices";
        return $"{port.Endpoints.Count} listed, none of them ready ({string.Join(", ", port.Endpoints.Take(3).Select(e => e.ToString()))}"
            + $"{(port.Endpoints.Count > 3 ? ", …" : "")})";
    }

    private static string Of(in Decision decision) =>
        decision.Endpoint is { Pod.Length: > 0 } endpoint ? $" of pod {endpoint.Pod}" : "";

    private static string ClosedHint(in Decision decision) => decision.Entry is { } entry && decision.Endpoint is not null
        ? $"Compare the targetPort of {entry.Port.Service} with the ports that its Pods open."
        : "Compare the port with those that are open there.";

    private static string NextOf(in Decision decision) =>
        decision.Endpoint is { Node.Length: > 0 } endpoint && decision.Cause != DecisionCause.TrackedReply ? endpoint.Node : "the next hop";
}
