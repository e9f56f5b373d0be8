namespace ClusterEmu.Api;

public sealed record ContainerStatus
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public ContainerState State { get => field ?? ContainerState.Empty; init; }
    public ContainerState LastState { get => field ?? ContainerState.Empty; init; }

    [AlwaysWritten]
    public bool Ready { get; init; }

    [AlwaysWritten]
    public int RestartCount { get; init; }

    [AlwaysWritten]
    public string Image { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string ImageID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string ContainerID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool? Started { get; init; }
    public IReadOnlyDictionary<string, Quantity> AllocatedResources { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
    public ResourceRequirements? Resources { get; init; }

    [PatchMerge("mountPath"), MapList("mountPath")]
    public IReadOnlyList<VolumeMountStatus> VolumeMounts { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public ContainerUser? User { get; init; }

    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<ResourceStatus> AllocatedResourcesStatus { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record ContainerState
{
    public static readonly ContainerState Empty = new();

    public ContainerStateWaiting? Waiting { get; init; }
    public ContainerStateRunning? Running { get; init; }
    public ContainerStateTerminated? Terminated { get; init; }
}

public sealed record ContainerStateWaiting
{
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record ContainerStateRunning
{
    [AlwaysWritten]
    public DateTimeOffset? StartedAt { get; init => field = KubeTime.ToSeconds(value); }
}

public sealed record ContainerStateTerminated
{
    [AlwaysWritten]
    public int ExitCode { get; init; }
    public int Signal { get; init; }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public DateTimeOffset? StartedAt { get; init => field = KubeTime.ToSeconds(value); }

    [AlwaysWritten]
    public DateTimeOffset? FinishedAt { get; init => field = KubeTime.ToSeconds(value); }
    public string ContainerID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record VolumeMountStatus
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string MountPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool ReadOnly { get; init; }

    [GoType("v1.RecursiveReadOnlyMode")]
    public string? RecursiveReadOnly { get; init; }
}

public sealed record ContainerUser
{
    public LinuxContainerUser? Linux { get; init; }
}

public sealed record LinuxContainerUser
{
    [AlwaysWritten]
    public long Uid { get; init; }

    [AlwaysWritten]
    public long Gid { get; init; }
    public IReadOnlyList<long> SupplementalGroups { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record ResourceStatus
{
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [MapList("resourceID")]
    public IReadOnlyList<ResourceHealth> Resources { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record ResourceHealth
{
    [GoType("v1.ResourceID"), AlwaysWritten]
    public string ResourceID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ResourceHealthStatus")]
    public string Health { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
