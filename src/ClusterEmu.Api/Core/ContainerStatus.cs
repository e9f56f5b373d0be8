namespace ClusterEmu.Api;

[Doc("How a container does.")]
public sealed record ContainerStatus
{
    [Doc("The container.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What it does now.")]
    public ContainerState State { get => field ?? ContainerState.Empty; init; }

    [Doc("How it ended the last time.")]
    public ContainerState LastState { get => field ?? ContainerState.Empty; init; }

    [Doc("Whether it passes its readiness probe. Without one: whether it runs.")]
    [AlwaysWritten]
    public bool Ready { get; init; }

    [Doc("How often it has been started again.")]
    [AlwaysWritten]
    public int RestartCount { get; init; }

    [Doc("The image that it runs.")]
    [AlwaysWritten]
    public string Image { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The image, exactly, by its digest.")]
    [AlwaysWritten]
    public string ImageID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the container runtime calls it.")]
    public string ContainerID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Whether it has passed its startup probe. Without one: whether it runs.")]
    public bool? Started { get; init; }

    [Doc("What the node has set aside for it.")]
    public IReadOnlyDictionary<string, Quantity> AllocatedResources { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("The requests and limits in force.")]
    public ResourceRequirements? Resources { get; init; }

    [Doc("What is mounted.")]
    [PatchMerge("mountPath"), MapList("mountPath")]
    public IReadOnlyList<VolumeMountStatus> VolumeMounts { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The user it runs as.")]
    public ContainerUser? User { get; init; }

    [Doc("The health of its devices.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<ResourceStatus> AllocatedResourcesStatus { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("What a container does: one of the three.")]
public sealed record ContainerState
{
    public static readonly ContainerState Empty = new();

    [Doc("It waits to run.")]
    public ContainerStateWaiting? Waiting { get; init; }

    [Doc("It runs.")]
    public ContainerStateRunning? Running { get; init; }

    [Doc("It has ended.")]
    public ContainerStateTerminated? Terminated { get; init; }
}

[Doc("Why a container does not run yet.")]
public sealed record ContainerStateWaiting
{
    [Doc("Why, as one word: ContainerCreating, CrashLoopBackOff, ImagePullBackOff.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Since when a container runs.")]
public sealed record ContainerStateRunning
{
    [Doc("When it was started.")]
    [AlwaysWritten]
    public DateTimeOffset? StartedAt { get; init => field = KubeTime.ToSeconds(value); }
}

[Doc("How a container ended.")]
public sealed record ContainerStateTerminated
{
    [Doc("Its exit code; 0 is success.")]
    [AlwaysWritten]
    public int ExitCode { get; init; }

    [Doc("The signal that ended it, if one did.")]
    public int Signal { get; init; }

    [Doc("Why, as one word: Completed, Error, OOMKilled.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What it said at its end.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it was started.")]
    [AlwaysWritten]
    public DateTimeOffset? StartedAt { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When it ended.")]
    [AlwaysWritten]
    public DateTimeOffset? FinishedAt { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("What the container runtime called it.")]
    public string ContainerID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A mount as it is.")]
public sealed record VolumeMountStatus
{
    [Doc("The Pod's volume.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The directory in the container.")]
    [AlwaysWritten]
    public string MountPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Whether the container can only read.")]
    public bool ReadOnly { get; init; }

    [Doc("Disabled or Enabled: whether mounts below this one are read-only, too.")]
    [GoType("v1.RecursiveReadOnlyMode")]
    public string? RecursiveReadOnly { get; init; }
}

[Doc("The user that a container runs as.")]
public sealed record ContainerUser
{
    [Doc("The user, on Linux.")]
    public LinuxContainerUser? Linux { get; init; }
}

[Doc("The user that a container runs as, on Linux.")]
public sealed record LinuxContainerUser
{
    [Doc("The user's number.")]
    [AlwaysWritten]
    public long Uid { get; init; }

    [Doc("The group's number.")]
    [AlwaysWritten]
    public long Gid { get; init; }

    [Doc("Numbers of further groups.")]
    public IReadOnlyList<long> SupplementalGroups { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("The health of a container's devices of one kind.")]
public sealed record ResourceStatus
{
    [Doc("The resource, such as example.com/gpu.")]
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The devices.")]
    [MapList("resourceID")]
    public IReadOnlyList<ResourceHealth> Resources { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("The health of a device.")]
public sealed record ResourceHealth
{
    [Doc("The device.")]
    [GoType("v1.ResourceID"), AlwaysWritten]
    public string ResourceID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Healthy, Unhealthy or Unknown.")]
    [GoType("v1.ResourceHealthStatus")]
    public string Health { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
