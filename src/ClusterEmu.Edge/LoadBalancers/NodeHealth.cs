namespace ClusterEmu.Edge;

/// <summary>Which nodes a load balancer sends to. Pure.</summary>
/// <remarks>
/// As cloud load balancers with Kubernetes: nodes that are Ready, not excluded, and whose check succeeds. The check asks the
/// node itself, not the API (<see cref="HealthCheck"/>): kube-proxy's own port, or, with externalTrafficPolicy Local, the
/// Service's healthCheckNodePort, which fails where the Service has no ready endpoint.
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
        var target = HealthTargets.Of(node, service);
        if (cluster.HealthOf(target) is not { } status) return $"{node.Name} has not answered the health check at {target.Address} yet";
        if (status.Serving) return null;
        var why = status.Code != 503 ? ""
            : service is { LocalOnly: true, HealthCheckNodePort: > 0 } ? $" (no ready endpoint of {service.Key} there, and externalTrafficPolicy is Local)"
            : " (it is being deleted)";
        return $"{node.Name} fails the health check: {target.Address} {status.Problem}{why}";
    }
}
