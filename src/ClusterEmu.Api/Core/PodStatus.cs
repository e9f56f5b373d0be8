namespace ClusterEmu.Api;

public sealed record PodStatus
{
    public static readonly PodStatus Empty = new();

    [GoType("v1.PodPhase")]
    public string Phase { get => field ?? ""; init; }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<PodCondition> Conditions { get => field ?? []; init; }
    public string Message { get => field ?? ""; init; }
    public string Reason { get => field ?? ""; init; }
    public string NominatedNodeName { get => field ?? ""; init; }
    public string HostIP { get => field ?? ""; init; }

    [PatchMerge("ip")]
    public IReadOnlyList<HostIP> HostIPs { get => field ?? []; init; }
    public string PodIP { get => field ?? ""; init; }

    [PatchMerge("ip"), MapList("ip")]
    public IReadOnlyList<PodIP> PodIPs { get => field ?? []; init; }
    public DateTimeOffset? StartTime { get; init; }
    public IReadOnlyList<ContainerStatus> InitContainerStatuses { get => field ?? []; init; }
    public IReadOnlyList<ContainerStatus> ContainerStatuses { get => field ?? []; init; }

    [GoType("v1.PodQOSClass")]
    public string QosClass { get => field ?? ""; init; }
    public IReadOnlyList<ContainerStatus> EphemeralContainerStatuses { get => field ?? []; init; }

    [GoType("v1.PodResizeStatus")]
    public string Resize { get => field ?? ""; init; }

    [PatchMerge("name"), PatchRetainKeys, MapList("name")]
    public IReadOnlyList<PodResourceClaimStatus> ResourceClaimStatuses { get => field ?? []; init; }
}

public sealed record PodCondition
{
    [GoType("v1.PodConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init; }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init; }

    [AlwaysWritten]
    public DateTimeOffset? LastProbeTime { get; init; }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init; }
    public string Reason { get => field ?? ""; init; }
    public string Message { get => field ?? ""; init; }
}

public sealed record HostIP
{
    [AlwaysWritten]
    public string IP { get => field ?? ""; init; }
}

public sealed record PodIP
{
    [AlwaysWritten]
    public string IP { get => field ?? ""; init; }
}

public sealed record PodResourceClaimStatus
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    public string? ResourceClaimName { get; init; }
}
