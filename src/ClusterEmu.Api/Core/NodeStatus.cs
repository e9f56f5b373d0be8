using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

public sealed record NodeStatus
{
    public static readonly NodeStatus Empty = new();

    public IReadOnlyDictionary<string, Quantity> Capacity { get => field ?? EmptyMap.Quantities; init; }
    public IReadOnlyDictionary<string, Quantity> Allocatable { get => field ?? EmptyMap.Quantities; init; }

    [GoType("v1.NodePhase")]
    public string Phase { get => field ?? ""; init; }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NodeCondition> Conditions { get => field ?? []; init; }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<NodeAddress> Addresses { get => field ?? []; init; }
    public NodeDaemonEndpoints DaemonEndpoints { get => field ?? NodeDaemonEndpoints.Empty; init; }
    public NodeSystemInfo NodeInfo { get => field ?? NodeSystemInfo.Empty; init; }
    public IReadOnlyList<ContainerImage> Images { get => field ?? []; init; }

    [GoType("v1.UniqueVolumeName")]
    public IReadOnlyList<string> VolumesInUse { get => field ?? []; init; }
    public IReadOnlyList<AttachedVolume> VolumesAttached { get => field ?? []; init; }
    public NodeConfigStatus? Config { get; init; }
    public IReadOnlyList<NodeRuntimeHandler> RuntimeHandlers { get => field ?? []; init; }
    public NodeFeatures? Features { get; init; }
}

public sealed record NodeCondition
{
    [GoType("v1.NodeConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init; }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init; }

    [AlwaysWritten]
    public DateTimeOffset? LastHeartbeatTime { get; init; }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init; }
    public string Reason { get => field ?? ""; init; }
    public string Message { get => field ?? ""; init; }
}

public sealed record NodeAddress
{
    [GoType("v1.NodeAddressType"), AlwaysWritten]
    public string Type { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Address { get => field ?? ""; init; }
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
    public string MachineID { get => field ?? ""; init; }

    [AlwaysWritten]
    public string SystemUUID { get => field ?? ""; init; }

    [AlwaysWritten]
    public string BootID { get => field ?? ""; init; }

    [AlwaysWritten]
    public string KernelVersion { get => field ?? ""; init; }

    [AlwaysWritten]
    public string OsImage { get => field ?? ""; init; }

    [AlwaysWritten]
    public string ContainerRuntimeVersion { get => field ?? ""; init; }

    [AlwaysWritten]
    public string KubeletVersion { get => field ?? ""; init; }

    [AlwaysWritten]
    public string KubeProxyVersion { get => field ?? ""; init; }

    [AlwaysWritten]
    public string OperatingSystem { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Architecture { get => field ?? ""; init; }
}

public sealed record ContainerImage
{
    [AlwaysWritten]
    public IReadOnlyList<string> Names { get => field ?? []; init; }
    public long SizeBytes { get; init; }
}

public sealed record AttachedVolume
{
    [GoType("v1.UniqueVolumeName"), AlwaysWritten]
    public string Name { get => field ?? ""; init; }

    [AlwaysWritten]
    public string DevicePath { get => field ?? ""; init; }
}

public sealed record NodeConfigStatus
{
    public NodeConfigSource? Assigned { get; init; }
    public NodeConfigSource? Active { get; init; }
    public NodeConfigSource? LastKnownGood { get; init; }
    public string Error { get => field ?? ""; init; }
}

public sealed record NodeRuntimeHandler
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
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
