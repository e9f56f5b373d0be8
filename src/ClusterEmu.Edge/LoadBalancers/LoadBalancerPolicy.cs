using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>What a load balancer decided for a connection.</summary>
/// <param name="Node">Where it goes; null: it is dropped.</param>
/// <param name="Port">The NodePort there.</param>
/// <param name="Reason">A sentence for the trace.</param>
public sealed record LoadBalancerChoice(EdgeNode? Node, int Port, string Reason);

/// <summary>Picks the node for a connection. Pure.</summary>
public static class LoadBalancerPolicy
{
    /// <param name="service">The Service.</param>
    /// <param name="flow">Client and load balancer.</param>
    /// <param name="cluster">Nodes and what they answer.</param>
    /// <param name="turn">For round robin, how many connections came before; null: by hash of the flow.</param>
    public static LoadBalancerChoice Choose(EdgeService service, Flow flow, EdgeSnapshot cluster, long? turn)
    {
        var port = service.Ports.FirstOrDefault(port => port.Port == flow.Destination.Port && port.Protocol == flow.Protocol);
        if (port is null)
            return Lost($"the load balancer of {service.Key} has no {flow.Protocol.ToString().ToUpperInvariant()} port {flow.Destination.Port}");
        if (port.NodePort == 0)
            return Lost($"{service.Key} has no NodePort (allocateLoadBalancerNodePorts: false), and this load balancer forwards to NodePorts");
        if (service.SourceRanges.Count > 0 && !service.SourceRanges.Any(range => range.Contains(flow.Source.Ip)))
            return Lost($"{flow.Source.Ip} is in none of loadBalancerSourceRanges {string.Join(", ", service.SourceRanges)}");
        var healthy = NodeHealth.Healthy(service, cluster);
        if (healthy.Count == 0)
        {
            var why = string.Join("; ", cluster.Nodes.Select(node => NodeHealth.Problem(node, service, cluster)).OfType<string>().Take(3));
            return Lost($"none of {cluster.Nodes.Count} nodes is healthy for {service.Key}{(why.Length > 0 ? $": {why}" : "")}");
        }
        var node = turn is { } count && !service.ClientAffinity ? healthy[(int)(count % healthy.Count)] : ByHash(service, flow, healthy);
        return new LoadBalancerChoice(node, port.NodePort,
            $"{flow.Destination} is the load balancer of {service.Key}; {node.Name} of {healthy.Count} healthy nodes, NodePort {port.NodePort}");
    }

    /// <summary>The node whose mixed hash with the flow is highest: when a node leaves, only its own flows move.</summary>
    private static EdgeNode ByHash(EdgeService service, Flow flow, IReadOnlyList<EdgeNode> nodes)
    {
        var sourcePort = service.ClientAffinity ? 0 : flow.Source.Port;
        var (best, bestScore) = (nodes[0], 0UL);
        foreach (var node in nodes)
        {
            var hash = 0xCBF29CE484222325;
            foreach (var part in (ReadOnlySpan<ulong>)[
                flow.Source.Ip.High, flow.Source.Ip.Low, (ulong)sourcePort, flow.Destination.Ip.Low, (ulong)flow.Destination.Port,
                (ulong)flow.Protocol, node.InternalIP.High, node.InternalIP.Low])
            {
                hash = (hash ^ part) * 0x100000001B3;
                hash ^= hash >> 29;
            }
            var score = new Hosting.RandomStream(hash).Next();
            if (score < bestScore) continue;
            (best, bestScore) = (node, score);
        }
        return best;
    }

    private static LoadBalancerChoice Lost(string reason) => new(null, 0, reason);
}
