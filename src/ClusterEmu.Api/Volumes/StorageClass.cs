namespace ClusterEmu.Api;

[Doc("A sort of storage that can be asked for by name. The annotation storageclass.kubernetes.io/is-default-class makes it the one for claims that name none.")]
public sealed record StorageClass : IKubeObject
{
    public string Kind => "StorageClass";
    public string ApiVersion => "storage.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Who makes the volumes, such as a CSI driver's name. Cannot be changed.")]
    [AlwaysWritten]
    public string Provisioner { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Settings that the provisioner understands. Cannot be changed.")]
    public IReadOnlyDictionary<string, string> Parameters { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("What becomes of a volume whose claim is deleted: Delete (the default) or Retain. Cannot be changed.")]
    [GoType("v1.PersistentVolumeReclaimPolicy")]
    public string? ReclaimPolicy { get; init; }

    [Doc("Options for mounting the volumes. Not checked.")]
    public IReadOnlyList<string> MountOptions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Whether claims may ask for more space later.")]
    public bool? AllowVolumeExpansion { get; init; }

    [Doc("When a volume is made: Immediate (the default), or WaitForFirstConsumer, once a Pod needs it. Cannot be changed.")]
    [GoType("v1.VolumeBindingMode")]
    public string? VolumeBindingMode { get; init; }

    [Doc("Where volumes may be made. None means everywhere.")]
    public IReadOnlyList<TopologySelectorTerm> AllowedTopologies { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("A set of places, described by the labels of nodes there.")]
[AtomicField]
public sealed record TopologySelectorTerm
{
    [Doc("What labels must be.")]
    public IReadOnlyList<TopologySelectorLabelRequirement> MatchLabelExpressions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("What one label must be.")]
public sealed record TopologySelectorLabelRequirement
{
    [Doc("The label.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The values, one of which it must have.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
