using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("How a machine does.")]
public sealed record NodeStatus
{
    public static readonly NodeStatus Empty = new();

    [Doc("How much it has of each resource.")]
    public IReadOnlyDictionary<string, Quantity> Capacity { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("How much of it Pods can have.")]
    public IReadOnlyDictionary<string, Quantity> Allocatable { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("Unused.")]
    [GoType("v1.NodePhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the kubelet reports: Ready, MemoryPressure, DiskPressure, PIDPressure, NetworkUnavailable.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NodeCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How it can be reached.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NodeAddress> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Where its kubelet listens.")]
    public NodeDaemonEndpoints DaemonEndpoints { get => field ?? NodeDaemonEndpoints.Empty; init; }

    [Doc("What runs on it.")]
    public NodeSystemInfo NodeInfo { get => field ?? NodeSystemInfo.Empty; init; }

    [Doc("Images that it has.")]
    public IReadOnlyList<ContainerImage> Images { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Volumes that it uses.")]
    [GoType("v1.UniqueVolumeName")]
    public IReadOnlyList<string> VolumesInUse { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Volumes that are attached to it.")]
    public IReadOnlyList<AttachedVolume> VolumesAttached { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The kubelet's settings. Unused since Kubernetes 1.24.")]
    public NodeConfigStatus? Config { get; init; }

    [Doc("What its container runtime can do.")]
    public IReadOnlyList<NodeRuntimeHandler> RuntimeHandlers { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What it can do.")]
    public NodeFeatures? Features { get; init; }
}

[Doc("Something that a machine reports.")]
public sealed record NodeCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.NodeConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the kubelet last said so.")]
    [AlwaysWritten]
    public DateTimeOffset? LastHeartbeatTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When the status last changed.")]
    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("An address of a machine.")]
public sealed record NodeAddress
{
    [Doc("InternalIP, ExternalIP, Hostname, InternalDNS or ExternalDNS.")]
    [GoType("v1.NodeAddressType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The address.")]
    [AlwaysWritten]
    public string Address { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Where a machine's daemons listen.")]
public sealed record NodeDaemonEndpoints
{
    public static readonly NodeDaemonEndpoints Empty = new();

    [Doc("The kubelet.")]
    public DaemonEndpoint KubeletEndpoint { get => field ?? DaemonEndpoint.Empty; init; }
}

[Doc("Where a daemon listens.")]
public sealed record DaemonEndpoint
{
    public static readonly DaemonEndpoint Empty = new();

    [Doc("The port.")]
    [JsonPropertyName("Port"), AlwaysWritten]
    public int Port { get; init; }
}

[Doc("What runs on a machine.")]
public sealed record NodeSystemInfo
{
    public static readonly NodeSystemInfo Empty = new();

    [Doc("The machine's identity, as its system has it.")]
    [AlwaysWritten]
    public string MachineID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The machine's identity, as its hardware has it.")]
    [AlwaysWritten]
    public string SystemUUID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Changes each time the machine starts.")]
    [AlwaysWritten]
    public string BootID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The kernel's version.")]
    [AlwaysWritten]
    public string KernelVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The operating system, as people call it.")]
    [AlwaysWritten]
    public string OsImage { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The container runtime and its version.")]
    [AlwaysWritten]
    public string ContainerRuntimeVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The kubelet's version.")]
    [AlwaysWritten]
    public string KubeletVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The kube-proxy's version. Deprecated: nobody knows it for certain.")]
    [AlwaysWritten]
    public string KubeProxyVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Such as linux.")]
    [AlwaysWritten]
    public string OperatingSystem { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Such as amd64.")]
    [AlwaysWritten]
    public string Architecture { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("An image that a machine has.")]
public sealed record ContainerImage
{
    [Doc("All names by which it is known.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Names { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How large it is.")]
    public long SizeBytes { get; init; }
}

[Doc("A volume that is attached to a machine.")]
public sealed record AttachedVolume
{
    [Doc("The volume.")]
    [GoType("v1.UniqueVolumeName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Where it is.")]
    [AlwaysWritten]
    public string DevicePath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A kubelet's settings. Unused since Kubernetes 1.24.")]
public sealed record NodeConfigStatus
{
    [Doc("Those that it should use.")]
    public NodeConfigSource? Assigned { get; init; }

    [Doc("Those that it uses.")]
    public NodeConfigSource? Active { get; init; }

    [Doc("Those that it goes back to.")]
    public NodeConfigSource? LastKnownGood { get; init; }

    [Doc("What is wrong with the assigned ones.")]
    public string Error { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A way to run containers on a machine.")]
public sealed record NodeRuntimeHandler
{
    [Doc("Its name; empty for the default.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What it can do.")]
    public NodeRuntimeHandlerFeatures? Features { get; init; }
}

[Doc("What a way to run containers can do.")]
public sealed record NodeRuntimeHandlerFeatures
{
    [Doc("Mounts that are read-only all the way down.")]
    public bool? RecursiveReadOnlyMounts { get; init; }

    [Doc("Users of the Pod's own.")]
    public bool? UserNamespaces { get; init; }
}

[Doc("What a machine can do.")]
public sealed record NodeFeatures
{
    [Doc("Whether securityContext.supplementalGroupsPolicy works.")]
    public bool? SupplementalGroupsPolicy { get; init; }
}
