namespace ClusterEmu.Api;

/// <summary>What the API server fills into a Service. Source: SetDefaults_Service in pkg/apis/core/v1/defaults.go.</summary>
/// <remarks>Addresses, families and node ports are no defaults: the API server allocates them.</remarks>
public static class ServiceDefaults
{
    /// <summary>How long a client sticks to a Pod, in seconds: 3 hours.</summary>
    public const int AffinityTimeoutSeconds = 10800;

    public static Service Apply(Service service)
    {
        var spec = service.Spec;
        var affinity = spec.SessionAffinity.Length == 0 ? "None" : spec.SessionAffinity;
        var type = spec.Type.Length == 0 ? "ClusterIP" : spec.Type;
        spec = spec with
        {
            Type = type,
            SessionAffinity = affinity,
            SessionAffinityConfig = Affinity(affinity, spec.SessionAffinityConfig),
            Ports = spec.Ports.SelectChanged(Port),
            InternalTrafficPolicy = spec.InternalTrafficPolicy ?? (type is "ClusterIP" or "NodePort" or "LoadBalancer" ? "Cluster" : null),
            AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts ?? (type == "LoadBalancer" ? true : null),
        };
        if (spec.ExternalTrafficPolicy.Length == 0 && spec.IsExternallyAccessible()) spec = spec with { ExternalTrafficPolicy = "Cluster" };
        return service with { Spec = spec, Status = type == "LoadBalancer" ? Status(service.Status) : service.Status };
    }

    private static SessionAffinityConfig? Affinity(string affinity, SessionAffinityConfig? given) => affinity switch
    {
        "None" => null,
        "ClientIP" when given?.ClientIP?.TimeoutSeconds is null => new() { ClientIP = new() { TimeoutSeconds = AffinityTimeoutSeconds } },
        _ => given,
    };

    private static ServicePort Port(ServicePort port) => port is { Protocol.Length: > 0, TargetPort.IsEmpty: false }
        ? port
        : port with
        {
            Protocol = port.Protocol.Length == 0 ? "TCP" : port.Protocol,
            TargetPort = port.TargetPort.IsEmpty ? port.Port : port.TargetPort,
        };

    private static ServiceStatus Status(ServiceStatus status)
    {
        var ingress = status.LoadBalancer.Ingress.SelectChanged(each => each is { IP.Length: > 0, IPMode: null } ? each with { IPMode = "VIP" } : each);
        return ReferenceEquals(ingress, status.LoadBalancer.Ingress) ? status : status with { LoadBalancer = new() { Ingress = ingress } };
    }
}
