using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>A port of a node that health checks ask by HTTP: <c>GET /healthz</c>.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Address">Its InternalIP, and kube-proxy's own port or a Service's healthCheckNodePort.</param>
public readonly record struct HealthTarget(string Node, IpPort Address)
{
    /// <summary>Source: k8s.io/cloud-provider service/helpers GetServiceHealthCheckPathPort, and KEP-3836 for kube-proxy's own port.</summary>
    public const string Path = "/healthz";

    /// <summary>Where every kube-proxy tells its own and its node's health.</summary>
    public const int ProxyPort = 10256;

    /// <summary>Where the cloud's health checks come from. Nobody else has this address, and nobody else outside reaches InternalIPs.</summary>
    public static readonly Ip Checker = Ip.Parse("192.0.2.254");
}

/// <summary>What a health check says of its target.</summary>
/// <param name="Serving">Whether load balancers send to it.</param>
/// <param name="Code">The HTTP status that it answered last; 0 without an answer.</param>
/// <param name="Problem">Why it gets nothing, as <c>answered 503</c>; empty if it serves.</param>
public sealed record HealthStatus(bool Serving, int Code, string Problem)
{
    public static readonly HealthStatus Good = new(true, 200, "");

    /// <summary>After an answer that led to a state.</summary>
    public static HealthStatus Of(HealthState state, HealthAnswered answer, HealthCheckOptions options) => state.Phase switch
    {
        HealthPhase.Healthy or HealthPhase.Failing => Good,
        HealthPhase.Recovering => new HealthStatus(false, answer.Code, $"passed {state.Count} of {options.HealthyThreshold} checks since it failed"),
        _ => new HealthStatus(false, answer.Code, answer.Code > 0 ? $"answered {answer.Code}" : answer.Problem),
    };
}

/// <summary>What has to be checked. Pure.</summary>
public static class HealthTargets
{
    /// <summary>So many nodes are checked, those with the lowest addresses; others get nothing from load balancers.</summary>
    public const int MaxNodes = 256;

    /// <summary>The targets of all load balancers, each once, in the order of their addresses; only of nodes that may be sent to at all.</summary>
    /// <param name="nodes">All nodes, in any order.</param>
    /// <param name="services">All Services of the edge, in any order.</param>
    public static IReadOnlyList<HealthTarget> Of(IEnumerable<EdgeNode> nodes, IEnumerable<EdgeService> services)
    {
        var ports = services.Where(service => service.Balanced || service.Ingress.Count > 0).Select(PortOf).Distinct().Order().ToList();
        var usable = nodes.Where(node => node.Ready && !node.Excluded)
            .OrderBy(node => node.InternalIP).ThenBy(node => node.Name, StringComparer.Ordinal).Take(MaxNodes);
        return [.. usable.SelectMany(node => ports.Select(port => Of(node, port)))];
    }

    /// <summary>Where a node is asked whether it may be sent to for a Service.</summary>
    public static HealthTarget Of(EdgeNode node, EdgeService service) => Of(node, PortOf(service));

    private static HealthTarget Of(EdgeNode node, int port) => new(node.Name, new IpPort(node.InternalIP, port));

    private static int PortOf(EdgeService service) =>
        service is { LocalOnly: true, HealthCheckNodePort: > 0 } ? service.HealthCheckNodePort : HealthTarget.ProxyPort;
}
