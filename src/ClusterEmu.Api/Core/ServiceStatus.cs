namespace ClusterEmu.Api;

[Doc("What is known of a Service.")]
public sealed record ServiceStatus
{
    public static readonly ServiceStatus Empty = new();

    [Doc("The load balancer, once there is one.")]
    public LoadBalancerStatus LoadBalancer { get => field ?? LoadBalancerStatus.Empty; init; }

    [Doc("What controllers report.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<Condition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("The state of a load balancer.")]
public sealed record LoadBalancerStatus
{
    public static readonly LoadBalancerStatus Empty = new();

    [Doc("The addresses at which the load balancer takes traffic.")]
    public IReadOnlyList<LoadBalancerIngress> Ingress { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One address of a load balancer.")]
public sealed record LoadBalancerIngress
{
    [Doc("The IP address.")]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The DNS name, of clouds that give names.")]
    public string Hostname { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("VIP if packets arrive with this address as destination, Proxy if with the node's or Pod's.")]
    [GoType("v1.LoadBalancerIPMode")]
    public string? IPMode { get; init; }

    [Doc("The state of single ports.")]
    public IReadOnlyList<PortStatus> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("The state of one port of a load balancer.")]
public sealed record PortStatus
{
    [Doc("The port.")]
    [AlwaysWritten]
    public int Port { get; init; }

    [Doc("TCP, UDP or SCTP.")]
    [GoType("v1.Protocol"), AlwaysWritten]
    public string Protocol { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What is wrong, as a name for programs.")]
    public string? Error { get; init; }
}
