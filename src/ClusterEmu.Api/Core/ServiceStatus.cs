namespace ClusterEmu.Api;

public sealed record ServiceStatus
{
    public static readonly ServiceStatus Empty = new();

    public LoadBalancerStatus LoadBalancer { get => field ?? LoadBalancerStatus.Empty; init; }
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }
}

public sealed record LoadBalancerStatus
{
    public static readonly LoadBalancerStatus Empty = new();

    public IReadOnlyList<LoadBalancerIngress> Ingress { get => field ?? []; init; }
}

public sealed record LoadBalancerIngress
{
    public string IP { get => field ?? ""; init; }
    public string Hostname { get => field ?? ""; init; }
    [GoType("v1.LoadBalancerIPMode")]
    public string? IPMode { get; init; }
    public IReadOnlyList<PortStatus> Ports { get => field ?? []; init; }
}

public sealed record PortStatus
{
    [AlwaysWritten]
    public int Port { get; init; }
    [GoType("v1.Protocol"), AlwaysWritten]
    public string Protocol { get => field ?? ""; init; }
    public string? Error { get; init; }
}
