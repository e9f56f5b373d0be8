namespace ClusterEmu.Api;

/// <summary>What happens to a Service before its validation. Source: pkg/registry/core/service (strategy.go, storage/rest.go).</summary>
/// <remarks>
/// The API server's order for a create is: defaults, <see cref="PrepareForCreate"/>, <see cref="ServiceIPFamilies.Assign"/>, allocation,
/// validation. For an update: defaults, <see cref="PrepareForUpdate"/>, <see cref="ServiceIPFamilies.Assign"/>, allocation, validation.
/// </remarks>
public static class ServiceStrategy
{
    /// <summary>Empties the status and completes <c>clusterIPs</c> from <c>clusterIP</c>.</summary>
    public static Service PrepareForCreate(Service service)
    {
        var spec = service.Spec;
        if (spec.ClusterIP.Length > 0 && spec.ClusterIPs.Count == 0) spec = spec with { ClusterIPs = [spec.ClusterIP] };
        return service with { Metadata = MetadataStrategy.ForCreate(service.Metadata, 0), Spec = spec, Status = ServiceStatus.Empty };
    }

    /// <summary>
    /// Carries over what was allocated and is not mentioned (cluster IPs, node ports, the health check port), and drops
    /// what the new type has no use for and the client did not change.
    /// </summary>
    /// <param name="service">The Service as the client wants it.</param>
    /// <param name="old">The Service as stored.</param>
    /// <param name="status">True on the status subresource: the spec is then the stored one.</param>
    public static Service PrepareForUpdate(Service service, Service old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(service.Metadata, old.Metadata);
        if (status) return service with { Metadata = meta, Spec = old.Spec };
        var spec = WithoutUseless(WithAllocated(WithClusterIPsInStep(service.Spec, old.Spec), old.Spec), old.Spec);
        return service with
        {
            Metadata = meta,
            Spec = spec,
            Status = spec.Type == "LoadBalancer" ? old.Status : old.Status with { LoadBalancer = LoadBalancerStatus.Empty },
        };
    }

    /// <summary>Clients that know <c>clusterIP</c> only mean both fields by it.</summary>
    private static ServiceSpec WithClusterIPsInStep(ServiceSpec spec, ServiceSpec old)
    {
        if (old.ClusterIPs.Count > 0 && spec.ClusterIPs.Count == 0 && old.ClusterIP == spec.ClusterIP)
            spec = spec with { ClusterIPs = old.ClusterIPs };
        if (old.ClusterIP == spec.ClusterIP || !spec.ClusterIPs.SequenceEqual(old.ClusterIPs)) return spec;
        var cleared = old.ClusterIP.Length > 0 && spec.ClusterIP.Length == 0;
        return spec with { ClusterIPs = cleared ? [] : [spec.ClusterIP] };
    }

    private static ServiceSpec WithAllocated(ServiceSpec spec, ServiceSpec old)
    {
        if (old.NeedsClusterIP() && spec.NeedsClusterIP())
        {
            if (spec.ClusterIP.Length == 0) spec = spec with { ClusterIP = old.ClusterIP };
            if (spec.ClusterIPs.Count == 0) spec = spec with { ClusterIPs = old.ClusterIPs };
        }
        if (old.NeedsNodePorts() && spec.NeedsNodePorts()) spec = spec with { Ports = WithNodePorts(spec.Ports, old.Ports) };
        if (old.NeedsHealthCheckNodePort() && spec.NeedsHealthCheckNodePort() && spec.HealthCheckNodePort == 0)
            spec = spec with { HealthCheckNodePort = old.HealthCheckNodePort };
        return spec;
    }

    /// <summary>Ports keep their node port by name, unless another port has taken it meanwhile.</summary>
    private static IReadOnlyList<ServicePort> WithNodePorts(IReadOnlyList<ServicePort> ports, IReadOnlyList<ServicePort> old)
    {
        var used = new HashSet<int>(NodePorts(ports));
        used.IntersectWith(NodePorts(old));
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var port in old) byName[port.Name] = port.NodePort;
        return ports.SelectChanged(port =>
            port.NodePort == 0 && byName.TryGetValue(port.Name, out var nodePort) && nodePort != 0 && used.Add(nodePort)
                ? port with { NodePort = nodePort }
                : port);
    }

    private static ServiceSpec WithoutUseless(ServiceSpec spec, ServiceSpec old)
    {
        if (old.NeedsClusterIP() && !spec.NeedsClusterIP())
        {
            if (spec.ClusterIP == old.ClusterIP && spec.ClusterIPs.SequenceEqual(old.ClusterIPs))
                spec = spec with { ClusterIP = "", ClusterIPs = [] };
            if (spec.IPFamilies.SequenceEqual(old.IPFamilies)) spec = spec with { IPFamilies = [] };
            if (spec.IPFamilyPolicy == old.IPFamilyPolicy) spec = spec with { IPFamilyPolicy = null };
        }
        if (old.NeedsNodePorts() && !spec.NeedsNodePorts() && !NodePorts(spec.Ports).Except(NodePorts(old.Ports)).Any())
            spec = spec with { Ports = spec.Ports.SelectChanged(port => port.NodePort == 0 ? port : port with { NodePort = 0 }) };
        if (old.NeedsHealthCheckNodePort() && !spec.NeedsHealthCheckNodePort() && spec.HealthCheckNodePort == old.HealthCheckNodePort)
            spec = spec with { HealthCheckNodePort = 0 };
        if (old.Type == "LoadBalancer" && spec.Type != "LoadBalancer")
        {
            if (spec.AllocateLoadBalancerNodePorts == old.AllocateLoadBalancerNodePorts)
                spec = spec with { AllocateLoadBalancerNodePorts = null };
            if (spec.LoadBalancerClass == old.LoadBalancerClass) spec = spec with { LoadBalancerClass = null };
        }
        if (old.IsExternallyAccessible() && !spec.IsExternallyAccessible() && spec.ExternalTrafficPolicy == old.ExternalTrafficPolicy)
            spec = spec with { ExternalTrafficPolicy = "" };
        return spec;
    }

    private static IEnumerable<int> NodePorts(IReadOnlyList<ServicePort> ports) => ports.Select(port => port.NodePort).Where(port => port != 0);
}
