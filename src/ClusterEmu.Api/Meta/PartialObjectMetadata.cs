namespace ClusterEmu.Api;

public sealed record PartialObjectMetadata : IKubeObject
{
    public string Kind => "PartialObjectMetadata";
    public string ApiVersion => "meta.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
