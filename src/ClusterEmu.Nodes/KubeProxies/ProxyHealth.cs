using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <param name="Code">200 or 503, or 404 for another path.</param>
/// <param name="Body">JSON, or a plain sentence for 404.</param>
/// <param name="Weight">Header X-Load-Balancing-Endpoint-Weight; null leaves it out.</param>
public sealed record HealthAnswer(int Code, string Body, int? Weight = null);

/// <summary>What a kube-proxy answers to those who ask after its health.</summary>
/// <remarks>Source: pkg/proxy/healthcheck of Kubernetes 1.32.</remarks>
public static class ProxyHealth
{
    /// <summary>Where every kube-proxy answers /healthz and /livez for load balancers.</summary>
    public const int Port = 10256;

    /// <summary>Taint of a node that the cluster autoscaler is about to take away.</summary>
    public const string ToBeDeletedTaint = "ToBeDeletedByClusterAutoscaler";

    /// <summary>Whether load balancers may still send to a node: not while it is being deleted. Source: KEP-3836.</summary>
    public static bool IsEligible(Node node) =>
        node.Metadata.DeletionTimestamp is null && !node.Spec.Taints.Any(taint => taint.Key == ToBeDeletedTaint);

    /// <summary>The health of the proxy itself, and at /healthz of the node, so that load balancers drain it before it goes.</summary>
    public static HealthAnswer OfProxy(string path, bool eligible, DateTimeOffset lastUpdated, DateTimeOffset now)
    {
        if (path is not ("/healthz" or "/livez")) return new HealthAnswer(404, "404 page not found\n");
        var node = path == "/healthz" ? $", \"nodeEligible\": {(eligible ? "true" : "false")}" : "";
        return new HealthAnswer(path == "/healthz" && !eligible ? 503 : 200, $"{{\"lastUpdated\": \"{Time(lastUpdated)}\",\"currentTime\": \"{Time(now)}\"{node}}}");
    }

    /// <summary>Whether a node may get traffic of a Service with externalTrafficPolicy Local: at its healthCheckNodePort, any path.</summary>
    /// <remarks>Endpoints that serve while they terminate are not counted: they still get traffic, but no new one is to be sent (LocalReadyEndpoints).</remarks>
    public static HealthAnswer OfService(TableRoot root, string node, ObjectName service)
    {
        var endpoints = root.Services.TryGet(service, out var table)
            ? table.Ports.SelectMany(p => p.Endpoints).Where(e => e.Ready && e.Node == node).Select(e => e.Address.Ip).Distinct().Count()
            : 0;
        return new HealthAnswer(endpoints > 0 ? 200 : 503,
            $"{{\n\t\"service\": {{\n\t\t\"namespace\": \"{service.Namespace}\",\n\t\t\"name\": \"{service.Name}\"\n\t}},\n\t\"localEndpoints\": {endpoints},\n\t\"serviceProxyHealthy\": true\n}}",
            endpoints);
    }

    /// <summary>The healthCheckNodePorts that a table asks for, and whose they are.</summary>
    public static IReadOnlyDictionary<int, ObjectName> PortsOf(TableRoot root)
    {
        var ports = new SortedDictionary<int, ObjectName>();
        foreach (var (name, service) in root.NodeDependent.Sorted())
            foreach (var port in service.Ports)
                if (port is { HealthCheckNodePort: > 0, ExternalLocal: true }) ports.TryAdd(port.HealthCheckNodePort, name);
        return ports;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff' +0000 UTC'", CultureInfo.InvariantCulture);
}
