namespace ClusterEmu.Api;

public sealed record PodStatus
{
    public static readonly PodStatus Empty = new();

    [GoType("v1.PodPhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<PodCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string NominatedNodeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string HostIP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge("ip")]
    public IReadOnlyList<HostIP> HostIPs { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public string PodIP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge("ip"), MapList("ip")]
    public IReadOnlyList<PodIP> PodIPs { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public DateTimeOffset? StartTime { get; init => field = KubeTime.ToSeconds(value); }
    public IReadOnlyList<ContainerStatus> InitContainerStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<ContainerStatus> ContainerStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [GoType("v1.PodQOSClass")]
    public string QosClass { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<ContainerStatus> EphemeralContainerStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [GoType("v1.PodResizeStatus")]
    public string Resize { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge("name"), PatchRetainKeys, MapList("name")]
    public IReadOnlyList<PodResourceClaimStatus> ResourceClaimStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record PodCondition
{
    [GoType("v1.PodConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastProbeTime { get; init => field = KubeTime.ToSeconds(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record HostIP
{
    [AlwaysWritten]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record PodIP
{
    [AlwaysWritten]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record PodResourceClaimStatus
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string? ResourceClaimName { get; init; }
}
