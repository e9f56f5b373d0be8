namespace ClusterEmu.Api;

[Doc("The storage drivers of a node. Its name is the node's name.")]
public sealed record CSINode : IKubeObject
{
    public string Kind => "CSINode";
    public string ApiVersion => "storage.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The drivers.")]
    [MustBeGiven]
    public CSINodeSpec Spec { get => field ?? CSINodeSpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("The storage drivers of a node.")]
public sealed record CSINodeSpec
{
    public static readonly CSINodeSpec Empty = new();

    [Doc("The drivers, each once. Entries cannot be changed, only added and removed.")]
    [AlwaysWritten, PatchMerge("name"), MapList("name")]
    public IReadOnlyList<CSINodeDriver> Drivers { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A storage driver of a node.")]
public sealed record CSINodeDriver
{
    [Doc("The driver's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What the driver calls this node.")]
    [AlwaysWritten]
    public string NodeID { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Labels of the node that say where its volumes can be reached.")]
    public IReadOnlyList<string> TopologyKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How many volumes it can have there.")]
    public VolumeNodeResources? Allocatable { get; init; }
}

[Doc("How many volumes a driver can have on a node.")]
public sealed record VolumeNodeResources
{
    [Doc("The number. Left out, there is no limit.")]
    public int? Count { get; init; }
}
