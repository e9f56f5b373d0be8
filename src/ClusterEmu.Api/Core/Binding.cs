namespace ClusterEmu.Api;

[Doc("Ties a Pod to a node.")]
public sealed record Binding : IKubeObject
{
    public string Kind => "Binding";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The node.")]
    public ObjectReference Target { get => field ?? ObjectReference.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
