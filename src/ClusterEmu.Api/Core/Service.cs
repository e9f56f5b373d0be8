namespace ClusterEmu.Api;

public sealed record Service : IKubeObject
{
    public string Kind => "Service";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public ServiceSpec Spec { get => field ?? ServiceSpec.Empty; init; }
    public ServiceStatus Status { get => field ?? ServiceStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record ServiceSpec
{
    public static readonly ServiceSpec Empty = new();

    [PatchMerge("port"), MapList("port", "protocol")]
    public IReadOnlyList<ServicePort> Ports { get => field ?? []; init; }
    [AtomicField]
    public IReadOnlyDictionary<string, string> Selector { get => field ?? EmptyMap.Strings; init; }
    public string ClusterIP { get => field ?? ""; init; }
    public IReadOnlyList<string> ClusterIPs { get => field ?? []; init; }
    [GoType("v1.ServiceType")]
    public string Type { get => field ?? ""; init; }
    public IReadOnlyList<string> ExternalIPs { get => field ?? []; init; }
    [GoType("v1.ServiceAffinity")]
    public string SessionAffinity { get => field ?? ""; init; }
    public string LoadBalancerIP { get => field ?? ""; init; }
    public IReadOnlyList<string> LoadBalancerSourceRanges { get => field ?? []; init; }
    public string ExternalName { get => field ?? ""; init; }
    [GoType("v1.ServiceExternalTrafficPolicy")]
    public string ExternalTrafficPolicy { get => field ?? ""; init; }
    public int HealthCheckNodePort { get; init; }
    public bool PublishNotReadyAddresses { get; init; }
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }
    [GoType("v1.IPFamily")]
    public IReadOnlyList<string> IPFamilies { get => field ?? []; init; }
    [GoType("v1.IPFamilyPolicy")]
    public string? IPFamilyPolicy { get; init; }
    public bool? AllocateLoadBalancerNodePorts { get; init; }
    public string? LoadBalancerClass { get; init; }
    [GoType("v1.ServiceInternalTrafficPolicy")]
    public string? InternalTrafficPolicy { get; init; }
    public string? TrafficDistribution { get; init; }
    public IReadOnlyList<string> TopologyKeys { get => field ?? []; init; }
}

public sealed record ServicePort
{
    public string Name { get => field ?? ""; init; }
    [GoType("v1.Protocol")]
    public string Protocol { get => field ?? ""; init; }
    public string? AppProtocol { get; init; }
    [AlwaysWritten]
    public int Port { get; init; }
    [AlwaysWritten]
    public IntOrString TargetPort { get; init; }
    public int NodePort { get; init; }
}

public sealed record SessionAffinityConfig
{
    public ClientIPConfig? ClientIP { get; init; }
}

public sealed record ClientIPConfig
{
    public int? TimeoutSeconds { get; init; }
}
