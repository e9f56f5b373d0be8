using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Which nodes a load balancer sends to. Pure.</summary>
/// <remarks>
/// As cloud load balancers with Kubernetes: nodes that are Ready, not excluded, and whose check succeeds. The check asks the
/// node itself, not the API: it fails when the node does not answer, and, with externalTrafficPolicy Local, when the node has
/// no endpoint of the Service (what healthCheckNodePort is for).
/// </remarks>
public static class NodeHealth
{
    /// <summary>The nodes to send to, in the order of their addresses.</summary>
    public static IReadOnlyList<EdgeNode> Healthy(EdgeService service, EdgeSnapshot cluster) =>
        [.. cluster.Nodes.Where(node => Problem(node, service, cluster) is null)];

    /// <summary>Why a node gets nothing; null if it is healthy.</summary>
    public static string? Problem(EdgeNode node, EdgeService service, EdgeSnapshot cluster)
    {
        if (node.Excluded) return $"{node.Name} has the label {EdgeReader.ExcludeLabel}";
        if (!node.Ready) return $"{node.Name} is not Ready";
        if (!cluster.Answers(node.Name)) return $"{node.Name} does not answer the health check";
        if (!service.LocalOnly) return null;
        return service.Ports.Any(port => port.NodePort > 0
            && cluster.ActionAt(node.Name, port.Protocol, port.NodePort) is WirePortAction.Forward or WirePortAction.Deliver)
            ? null
            : $"{node.Name} has no ready endpoint of {service.Key}, and externalTrafficPolicy is Local";
    }
}
