using System.Globalization;
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

    /// <summary>The health of the proxy itself.</summary>
    public static HealthAnswer OfProxy(string path, DateTimeOffset lastUpdated, DateTimeOffset now)
    {
        if (path is not ("/healthz" or "/livez")) return new HealthAnswer(404, "404 page not found\n");
        var eligible = path == "/healthz" ? ", \"nodeEligible\": true" : "";
        return new HealthAnswer(200, $"{{\"lastUpdated\": \"{Time(lastUpdated)}\",\"currentTime\": \"{Time(now)}\"{eligible}}}");
    }

    /// <summary>Whether a node may get traffic of a Service with externalTrafficPolicy Local: at its healthCheckNodePort, any path.</summary>
    public static HealthAnswer OfService(TableRoot root, string node, ObjectName service)
    {
        var endpoints = root.Services.TryGet(service, out var table) && table.Ports.Count > 0
            ? table.Ports.SelectMany(p => p.Choices.ForLocal(node)).Select(e => e.Address.Ip).Distinct().Count()
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
