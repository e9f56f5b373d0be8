namespace ClusterEmu.Api;

[Doc("Asks for the deletion of a Pod, if its budget allows it. It is posted to the Pod's subresource eviction and never stored.")]
public sealed record Eviction : IKubeObject
{
    public string Kind => "Eviction";
    public string ApiVersion => "policy/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("How the Pod is to be deleted.")]
    public DeleteOptions? DeleteOptions { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Asks for the deletion of a Pod, as clients of Kubernetes before 1.22 do.")]
[GoName("Eviction", "v1beta1")]
public sealed record EvictionV1Beta1 : IKubeObject
{
    public string Kind => "Eviction";
    public string ApiVersion => "policy/v1beta1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("How the Pod is to be deleted.")]
    public DeleteOptions? DeleteOptions { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
