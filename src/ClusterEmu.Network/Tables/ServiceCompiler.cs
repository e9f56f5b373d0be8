using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>Compiles one Service with its EndpointSlices. Equal objects give equal tables.</summary>
public static class ServiceCompiler
{
    /// <summary>Label of an EndpointSlice: the Service that it belongs to.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    private const int DefaultAffinitySeconds = 10800;

    /// <summary>The Service's ports; none for headless, ExternalName and such that ask for another proxy.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="slices">Its EndpointSlices, sorted by name.</param>
    /// <remarks>Source of what is skipped: pkg/proxy/util (ShouldSkipService), pkg/proxy/endpointslicecache.go.</remarks>
    public static ServiceTable Compile(Service service, IReadOnlyList<EndpointSlice> slices)
    {
        var name = new ObjectName(service.Metadata.Namespace, service.Metadata.Name);
        if (!NeedsTable(service)) return new ServiceTable(name, []);
        var sliceVersions = slices.Select(s => $"{s.Metadata.Name}@{s.Metadata.ResourceVersion}").ToArray();
        return new ServiceTable(name, [.. service.Spec.Ports.Select(port => Compile(service, name, port, slices, sliceVersions))]);
    }

    public static bool NeedsTable(Service service) =>
        service.Spec.Type != "ExternalName"
        && Ip.TryParse(service.Spec.ClusterIP, out _)
        && !service.Metadata.Labels.ContainsKey("service.kubernetes.io/service-proxy-name");

    /// <summary>TCP, UDP or SCTP; an empty text is TCP.</summary>
    public static IpProtocol ProtocolOf(string? text) => text switch
    {
        "UDP" => IpProtocol.Udp,
        "SCTP" => IpProtocol.Sctp,
        _ => IpProtocol.Tcp,
    };

    private static ServicePortTable Compile(
        Service service, ObjectName name, ServicePort port, IReadOnlyList<EndpointSlice> slices, IReadOnlyList<string> sliceVersions)
    {
        var spec = service.Spec;
        var protocol = ProtocolOf(port.Protocol);
        var clusterIPs = Parse(spec.ClusterIPs.Count > 0 ? spec.ClusterIPs : [spec.ClusterIP]);
        var endpoints = EndpointsOf(port.Name, protocol, Ip.Parse(spec.ClusterIP).IsV4, slices);
        return new ServicePortTable
        {
            Service = name,
            PortName = port.Name,
            Protocol = protocol,
            Port = port.Port,
            NodePort = spec.Type is "NodePort" or "LoadBalancer" ? port.NodePort : 0,
            ClusterIPs = clusterIPs,
            LoadBalancerIPs = spec.Type == "LoadBalancer"
                ? Parse(service.Status.LoadBalancer.Ingress.Where(i => i.IPMode is null or "VIP").Select(i => i.IP))
                : [],
            ExternalIPs = Parse(spec.ExternalIPs),
            SourceRanges = [.. SourceRangesOf(service)],
            AffinitySeconds = spec.SessionAffinity == "ClientIP" ? spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? DefaultAffinitySeconds : 0,
            InternalLocal = spec.InternalTrafficPolicy == "Local",
            ExternalLocal = spec.ExternalTrafficPolicy == "Local",
            TopologyKeys = spec.TopologyKeys,
            HealthCheckNodePort = spec.HealthCheckNodePort,
            Endpoints = endpoints,
            ServiceVersion = service.Metadata.ResourceVersion,
            SliceVersions = sliceVersions,
        };
    }

    private static List<TableEndpoint> EndpointsOf(string portName, IpProtocol protocol, bool v4, IReadOnlyList<EndpointSlice> slices)
    {
        var found = new SortedDictionary<IpPort, TableEndpoint>();
        foreach (var slice in slices)
        {
            if (slice.AddressType != (v4 ? "IPv4" : "IPv6")) continue;
            foreach (var port in slice.Ports)
            {
                if ((port.Name ?? "") != portName || ProtocolOf(port.Protocol) != protocol || port.Port is not { } number) continue;
                foreach (var endpoint in slice.Endpoints)
                    if (endpoint.Addresses.Count > 0 && Ip.TryParse(endpoint.Addresses[0], out var ip)) Add(found, endpoint, new IpPort(ip, number));
            }
        }
        return [.. found.Values];
    }

    private static void Add(SortedDictionary<IpPort, TableEndpoint> found, Endpoint endpoint, IpPort address)
    {
        // While an endpoint moves from one slice to another, both may hold it; the ready one counts.
        if (found.TryGetValue(address, out var known) && known.Ready) return;
        var conditions = endpoint.Conditions;
        found[address] = new TableEndpoint(
            address,
            endpoint.TargetRef is { Kind: "Pod" } pod ? $"{pod.Namespace}/{pod.Name}" : "",
            endpoint.NodeName ?? "",
            endpoint.Zone ?? "",
            Ready: conditions.Ready ?? true,
            Serving: conditions.Serving ?? conditions.Ready ?? true,
            Terminating: conditions.Terminating ?? false,
            HintZones: [.. (endpoint.Hints?.ForZones ?? []).Select(z => z.Name).Order(StringComparer.Ordinal)]);
    }

    private static List<Ip> Parse(IEnumerable<string> texts)
    {
        var found = new List<Ip>();
        foreach (var text in texts)
            if (Ip.TryParse(text, out var ip) && !found.Contains(ip)) found.Add(ip);
        return found;
    }

    /// <summary>Who may use the load balancer: nothing lets everybody in.</summary>
    public static IEnumerable<Cidr> SourceRangesOf(Service service)
    {
        if (service.Spec.Type != "LoadBalancer") yield break;
        IEnumerable<string> texts = service.Spec.LoadBalancerSourceRanges;
        // The annotation is the older way; the field wins (k8s.io/cloud-provider service/helpers).
        if (service.Spec.LoadBalancerSourceRanges.Count == 0
            && service.Metadata.Annotations.TryGetValue("service.beta.kubernetes.io/load-balancer-source-ranges", out var annotation))
            texts = annotation.Split(',');
        foreach (var text in texts)
            if (Cidr.TryParse(text.Trim(), out var range)) yield return range;
    }
}
