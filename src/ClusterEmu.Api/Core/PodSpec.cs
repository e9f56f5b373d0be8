namespace ClusterEmu.Api;

public sealed record PodSpec
{
    public static readonly PodSpec Empty = new();

    [PatchMerge("name"), PatchRetainKeys, MapList("name")]
    public IReadOnlyList<Volume> Volumes { get => field ?? []; init; }
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<Container> InitContainers { get => field ?? []; init; }
    [PatchMerge("name"), MapList("name"), AlwaysWritten]
    public IReadOnlyList<Container> Containers { get => field ?? []; init; }
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<EphemeralContainer> EphemeralContainers { get => field ?? []; init; }
    [GoType("v1.RestartPolicy")]
    public string RestartPolicy { get => field ?? ""; init; }
    public long? TerminationGracePeriodSeconds { get; init; }
    public long? ActiveDeadlineSeconds { get; init; }
    [GoType("v1.DNSPolicy")]
    public string DnsPolicy { get => field ?? ""; init; }
    [AtomicField]
    public IReadOnlyDictionary<string, string> NodeSelector { get => field ?? EmptyMap.Strings; init; }
    public string ServiceAccountName { get => field ?? ""; init; }
    public string ServiceAccount { get => field ?? ""; init; }
    public bool? AutomountServiceAccountToken { get; init; }
    public string NodeName { get => field ?? ""; init; }
    public bool HostNetwork { get; init; }
    public bool HostPID { get; init; }
    public bool HostIPC { get; init; }
    public bool? ShareProcessNamespace { get; init; }
    public PodSecurityContext? SecurityContext { get; init; }
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get => field ?? []; init; }
    public string Hostname { get => field ?? ""; init; }
    public string Subdomain { get => field ?? ""; init; }
    public Affinity? Affinity { get; init; }
    public string SchedulerName { get => field ?? ""; init; }
    public IReadOnlyList<Toleration> Tolerations { get => field ?? []; init; }
    [PatchMerge("ip"), MapList("ip")]
    public IReadOnlyList<HostAlias> HostAliases { get => field ?? []; init; }
    public string PriorityClassName { get => field ?? ""; init; }
    public int? Priority { get; init; }
    public PodDNSConfig? DnsConfig { get; init; }
    public IReadOnlyList<PodReadinessGate> ReadinessGates { get => field ?? []; init; }
    public string? RuntimeClassName { get; init; }
    public bool? EnableServiceLinks { get; init; }
    [GoType("v1.PreemptionPolicy")]
    public string? PreemptionPolicy { get; init; }
    public IReadOnlyDictionary<string, Quantity> Overhead { get => field ?? EmptyMap.Quantities; init; }
    [PatchMerge("topologyKey"), MapList("topologyKey", "whenUnsatisfiable")]
    public IReadOnlyList<TopologySpreadConstraint> TopologySpreadConstraints { get => field ?? []; init; }
    public bool? SetHostnameAsFQDN { get; init; }
    public PodOS? Os { get; init; }
    public bool? HostUsers { get; init; }
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<PodSchedulingGate> SchedulingGates { get => field ?? []; init; }
    [PatchMerge("name"), PatchRetainKeys, MapList("name")]
    public IReadOnlyList<PodResourceClaim> ResourceClaims { get => field ?? []; init; }
    public ResourceRequirements? Resources { get; init; }
}

public sealed record Toleration
{
    public string Key { get => field ?? ""; init; }
    [GoType("v1.TolerationOperator")]
    public string Operator { get => field ?? ""; init; }
    public string Value { get => field ?? ""; init; }
    [GoType("v1.TaintEffect")]
    public string Effect { get => field ?? ""; init; }
    public long? TolerationSeconds { get; init; }
}

public sealed record HostAlias
{
    [AlwaysWritten]
    public string IP { get => field ?? ""; init; }
    public IReadOnlyList<string> Hostnames { get => field ?? []; init; }
}

public sealed record PodDNSConfig
{
    public IReadOnlyList<string> Nameservers { get => field ?? []; init; }
    public IReadOnlyList<string> Searches { get => field ?? []; init; }
    public IReadOnlyList<PodDNSConfigOption> Options { get => field ?? []; init; }
}

public sealed record PodDNSConfigOption
{
    public string Name { get => field ?? ""; init; }
    public string? Value { get; init; }
}

public sealed record PodReadinessGate
{
    [GoType("v1.PodConditionType"), AlwaysWritten]
    public string ConditionType { get => field ?? ""; init; }
}

public sealed record PodOS
{
    [GoType("v1.OSName"), AlwaysWritten]
    public string Name { get => field ?? ""; init; }
}

public sealed record PodSchedulingGate
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
}

public sealed record PodResourceClaim
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    public string? ResourceClaimName { get; init; }
    public string? ResourceClaimTemplateName { get; init; }
}
