namespace ClusterEmu.Api;

[Doc("How much space a driver has for a storage class in some part of the cluster.")]
public sealed record CSIStorageCapacity : IKubeObject
{
    public string Kind => "CSIStorageCapacity";
    public string ApiVersion => "storage.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The nodes that reach it. An empty selector means all, none at all means none. Cannot be changed.")]
    public LabelSelector? NodeTopology { get; init; }

    [Doc("The storage class. Cannot be changed.")]
    [AlwaysWritten]
    public string StorageClassName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The space that is left. Left out, it is not known.")]
    public Quantity? Capacity { get; init; }

    [Doc("The largest volume that can be made.")]
    public Quantity? MaximumVolumeSize { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
