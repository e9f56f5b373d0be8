using ClusterEmu.Api;
using ClusterEmu.Edge;

namespace ClusterEmu.Simulation;

/// <summary>
/// After healing, the edge has a load balancer for each address that the API gives a Service, with the Service's ports, policy and clients, and
/// sends to the nodes that ought to get connections: those that are Ready, not excluded, not being deleted and, with externalTrafficPolicy
/// Local, have a ready endpoint.
/// </summary>
/// <remarks>Told anew from Kubernetes's documentation, not from the edge's code; see <see cref="Expected"/>.</remarks>
public sealed class LoadBalancersConverge : IInvariant
{
    private const string ExcludeLabel = "node.kubernetes.io/exclude-from-external-load-balancers";
    private const long OnItsWay = 1_000_000;
    private SimulatedWorld _world = null!;
    private long _changedAt;

    public string Name => "load-balancers-converge";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        world.Record.Listen(change =>
        {
            // A health check takes its time to see these.
            if (change.Kind == Kinds.EndpointSlice || (change.Kind == Kinds.Node && Facts(change.Before as Node) != Facts(change.Now as Node))) _changedAt = change.AtMicroseconds;
        });
    }

    public void Check(bool healed)
    {
        if (healed && Problem() is { } problem) _world.Report(new Violation(Name, _world.Now, problem));
    }

    /// <summary>What differs; null if nothing does.</summary>
    public string? Problem()
    {
        if (_world.Record.ServesSince is null) return "The API server does not serve.";
        if (_world.Edge.Cluster is not { } cluster) return "The edge has no load balancers yet.";
        var check = HealthCheckOptions.Of(_world.Options.Profile);
        var settled = _world.Now - _changedAt > ((long)check.Period.TotalMicroseconds * (check.UnhealthyThreshold + 1)) + OnItsWay;
        var services = _world.Record.All<Service>(Kinds.Service).Where(service => service.Spec.Type == "LoadBalancer").ToList();
        var expected = Expected(services, [.. _world.Record.All<Node>(Kinds.Node)], [.. _world.Record.All<EndpointSlice>(Kinds.EndpointSlice)], settled);
        return CanonicalTables.Difference(expected, Lines(cluster, settled)) is { } different ? $"The edge (snapshot {cluster.Revision}) {different}." : null;
    }

    /// <summary>One line for each address and port of a load balancer.</summary>
    /// <param name="services">Those of type LoadBalancer.</param>
    /// <param name="nodes">All.</param>
    /// <param name="slices">All.</param>
    /// <param name="withNodes">Whether the nodes to send to are part of the lines.</param>
    public static IReadOnlyList<string> Expected(IReadOnlyList<Service> services, IReadOnlyList<Node> nodes, IReadOnlyList<EndpointSlice> slices, bool withNodes)
    {
        List<string> lines = [];
        foreach (var service in services)
        {
            var local = service.Spec.ExternalTrafficPolicy == "Local";
            var healthy = nodes
                .Where(node => IsReady(node) && node.Metadata.DeletionTimestamp is null && !node.Metadata.Labels.ContainsKey(ExcludeLabel))
                .Where(node => !local || slices.Any(slice => IsOf(slice, service) && slice.Endpoints.Any(endpoint => endpoint.NodeName == node.Metadata.Name && (endpoint.Conditions.Ready ?? true))))
                .Select(node => node.Metadata.Name);
            foreach (var ingress in service.Status.LoadBalancer.Ingress)
            {
                foreach (var port in service.Spec.Ports.Where(port => port.Protocol != "SCTP"))
                {
                    lines.Add(Line(
                        $"{service.Metadata.Namespace}/{service.Metadata.Name}", ingress.IP, port.Protocol.Length == 0 ? "TCP" : port.Protocol, port.Port, port.NodePort,
                        local, service.Spec.SessionAffinity == "ClientIP", service.Spec.LoadBalancerSourceRanges, withNodes ? healthy : []));
                }
            }
        }
        return lines;
    }

    private static List<string> Lines(EdgeSnapshot cluster, bool withNodes)
    {
        List<string> lines = [];
        foreach (var service in cluster.Services)
        {
            var healthy = NodeHealth.Healthy(service, cluster).Select(node => node.Name);
            foreach (var ip in service.Ingress)
            {
                foreach (var port in service.Ports)
                {
                    lines.Add(Line(
                        service.Key, ip.ToString(), port.Protocol.ToString().ToUpperInvariant(), port.Port, port.NodePort,
                        service.LocalOnly, service.ClientAffinity, service.SourceRanges.Select(range => range.ToString()), withNodes ? healthy : []));
                }
            }
        }
        return lines;
    }

    private static string Line(
        string service, string ip, string protocol, int port, int nodePort, bool local, bool affinity, IEnumerable<string> sources, IEnumerable<string> nodes) =>
        $"{protocol} {ip}:{port} of {service} -> node port {nodePort}{(local ? ", Local" : "")}{(affinity ? ", ClientIP" : "")}"
        + $", from {string.Join(',', sources.Order(StringComparer.Ordinal))}, to {string.Join(' ', nodes.Order(StringComparer.Ordinal))}";

    private static (bool Ready, bool Excluded, bool Leaving) Facts(Node? node) =>
        node is null ? default : (IsReady(node), node.Metadata.Labels.ContainsKey(ExcludeLabel), node.Metadata.DeletionTimestamp is not null);

    private static bool IsReady(Node node) => node.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" });

    private static bool IsOf(EndpointSlice slice, Service service) =>
        slice.Metadata.Namespace == service.Metadata.Namespace && slice.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") == service.Metadata.Name;
}
