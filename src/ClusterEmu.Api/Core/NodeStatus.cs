using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

public sealed record NodeStatus
{
    public static readonly NodeStatus Empty = new();

    public IReadOnlyDictionary<string, Quantity> Capacity { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
    public IReadOnlyDictionary<string, Quantity> Allocatable { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [GoType("v1.NodePhase")]
    public string Phase { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NodeCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NodeAddress> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public NodeDaemonEndpoints DaemonEndpoints { get => field ?? NodeDaemonEndpoints.Empty; init; }
    public NodeSystemInfo NodeInfo { get => field ?? NodeSystemInfo.Empty; init; }
    public IReadOnlyList<ContainerImage> Images { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [GoType("v1.UniqueVolumeName")]
    public IReadOnlyList<string> VolumesInUse { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<AttachedVolume> VolumesAttached { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public NodeConfigStatus? Config { get; init; }
    public IReadOnlyList<NodeRuntimeHandler> RuntimeHandlers { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public NodeFeatures? Features { get; init; }
}

public sealed record NodeCondition
{
    [GoType("v1.NodeConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastHeartbeatTime { get; init => field = KubeTime.ToSeconds(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record NodeAddress
{
    [GoType("v1.NodeAddressType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Address { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record NodeDaemonEndpoints
{
    public static readonly NodeDaemonEndpoints Empty = new();

    public DaemonEndpoint KubeletEndpoint { get => field ?? DaemonEndpoint.Empty; init; }
}

public sealed record DaemonEndpoint
{
    public static readonly DaemonEndpoint Empty = new();

    [JsonPropertyName("Port"), AlwaysWritten]
    public int Port { get; init; }
}

public sealed record NodeSystemInfo
{
    public static readonly NodeSystemInfo Empty = new();

    [AlwaysWritten]
    public string MachineID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string SystemUUID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string BootID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string KernelVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string OsImage { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string ContainerRuntimeVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string KubeletVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string KubeProxyVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string OperatingSystem { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Architecture { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record ContainerImage
{
    [AlwaysWritten]
    public IReadOnlyList<string> Names { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public long SizeBytes { get; init; }
}

public sealed record AttachedVolume
{
    [GoType("v1.UniqueVolumeName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string DevicePath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record NodeConfigStatus
{
    public NodeConfigSource? Assigned { get; init; }
    public NodeConfigSource? Active { get; init; }
    public NodeConfigSource? LastKnownGood { get; init; }
    public string Error { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record NodeRuntimeHandler
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public NodeRuntimeHandlerFeatures? Features { get; init; }
}

public sealed record NodeRuntimeHandlerFeatures
{
    public bool? RecursiveReadOnlyMounts { get; init; }
    public bool? UserNamespaces { get; init; }
}

public sealed record NodeFeatures
{
    public bool? SupplementalGroupsPolicy { get; init; }
}
