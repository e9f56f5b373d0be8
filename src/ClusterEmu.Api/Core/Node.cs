namespace ClusterEmu.Api;

[Doc("A machine of the cluster.")]
public sealed record Node : IKubeObject
{
    public string Kind => "Node";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("How the machine should be used.")]
    public NodeSpec Spec { get => field ?? NodeSpec.Empty; init; }

    [Doc("How the machine does.")]
    public NodeStatus Status { get => field ?? NodeStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("How a machine should be used.")]
public sealed record NodeSpec
{
    public static readonly NodeSpec Empty = new();

    [Doc("The range that its Pods get their addresses from.")]
    public string PodCIDR { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("All such ranges, one per IP family; the first one equals podCIDR.")]
    [PatchMerge, SetList]
    public IReadOnlyList<string> PodCIDRs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What the cloud calls the machine.")]
    public string ProviderID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True keeps new Pods away. kubectl cordon sets it.")]
    public bool Unschedulable { get; init; }

    [Doc("Marks that keep away Pods which do not tolerate them.")]
    public IReadOnlyList<Taint> Taints { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Where the kubelet's settings came from. Unused since Kubernetes 1.24.")]
    public NodeConfigSource? ConfigSource { get; init; }

    [Doc("Unused.")]
    public string ExternalID { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A mark of a node that keeps Pods away.")]
public sealed record Taint
{
    [Doc("The mark's name.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The mark's value.")]
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("NoSchedule keeps new Pods away, PreferNoSchedule if there is a choice; NoExecute ends those that run, too.")]
    [GoType("v1.TaintEffect"), AlwaysWritten]
    public string Effect { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When a NoExecute mark was made.")]
    public DateTimeOffset? TimeAdded { get; init => field = KubeTime.ToSeconds(value); }
}

[Doc("Where a kubelet's settings came from. Unused since Kubernetes 1.24.")]
public sealed record NodeConfigSource
{
    [Doc("The ConfigMap.")]
    public ConfigMapNodeConfigSource? ConfigMap { get; init; }
}

[Doc("The ConfigMap with a kubelet's settings. Unused since Kubernetes 1.24.")]
public sealed record ConfigMapNodeConfigSource
{
    [Doc("Its namespace.")]
    [AlwaysWritten]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its UID.")]
    [GoType("types.UID")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its revision.")]
    public string ResourceVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The entry with the settings.")]
    [AlwaysWritten]
    public string KubeletConfigKey { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
