namespace ClusterEmu.Api;

[Doc("What a Pod runs, as its node reports it.")]
public sealed record PodStatus
{
    public static readonly PodStatus Empty = new();

    [Doc("Pending, Running, Succeeded, Failed or Unknown.")]
    [GoType("v1.PodPhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How far it is: PodScheduled, Initialized, ContainersReady, Ready.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<PodCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Why it is in this phase, as a sentence.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why it is in this phase, as one word: Evicted.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The node that the scheduler has made room on.")]
    public string NominatedNodeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The node's address.")]
    public string HostIP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("All addresses of the node; the first one equals hostIP.")]
    [PatchMerge("ip")]
    public IReadOnlyList<HostIP> HostIPs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The Pod's address.")]
    public string PodIP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("All addresses of the Pod, one per IP family; the first one equals podIP.")]
    [PatchMerge("ip"), MapList("ip")]
    public IReadOnlyList<PodIP> PodIPs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("When the kubelet took it up.")]
    public DateTimeOffset? StartTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("How the init containers do, in their order.")]
    public IReadOnlyList<ContainerStatus> InitContainerStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How the containers do.")]
    public IReadOnlyList<ContainerStatus> ContainerStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Guaranteed, Burstable or BestEffort. When a node runs out of memory, it ends them from the last to the first.")]
    [GoType("v1.PodQOSClass")]
    public string QosClass { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How the ephemeral containers do.")]
    public IReadOnlyList<ContainerStatus> EphemeralContainerStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How far a change of resources has come: Proposed, InProgress, Deferred or Infeasible.")]
    [GoType("v1.PodResizeStatus")]
    public string Resize { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The ResourceClaims that were made for it.")]
    [PatchMerge("name"), PatchRetainKeys, MapList("name")]
    public IReadOnlyList<PodResourceClaimStatus> ResourceClaimStatuses { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("How far a Pod is.")]
public sealed record PodCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.PodConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it was last looked at.")]
    [AlwaysWritten]
    public DateTimeOffset? LastProbeTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When the status last changed.")]
    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("An address of a node.")]
public sealed record HostIP
{
    [Doc("The address.")]
    [AlwaysWritten]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("An address of a Pod.")]
public sealed record PodIP
{
    [Doc("The address.")]
    [AlwaysWritten]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A ResourceClaim that was made for a Pod.")]
public sealed record PodResourceClaimStatus
{
    [Doc("What the Pod's specification calls it.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The ResourceClaim.")]
    public string? ResourceClaimName { get; init; }
}
