namespace ClusterEmu.Api;

[Doc("A machine of the cluster.")]
public sealed record Node : IKubeObject
{
    public string Kind => "Node";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public NodeSpec Spec { get => field ?? NodeSpec.Empty; init; }
    public NodeStatus Status { get => field ?? NodeStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record NodeSpec
{
    public static readonly NodeSpec Empty = new();

    public string PodCIDR { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge, SetList]
    public IReadOnlyList<string> PodCIDRs { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public string ProviderID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool Unschedulable { get; init; }
    public IReadOnlyList<Taint> Taints { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public NodeConfigSource? ConfigSource { get; init; }
    public string ExternalID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record Taint
{
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.TaintEffect"), AlwaysWritten]
    public string Effect { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public DateTimeOffset? TimeAdded { get; init => field = KubeTime.ToSeconds(value); }
}

public sealed record NodeConfigSource
{
    public ConfigMapNodeConfigSource? ConfigMap { get; init; }
}

public sealed record ConfigMapNodeConfigSource
{
    [AlwaysWritten]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("types.UID")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string ResourceVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string KubeletConfigKey { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
