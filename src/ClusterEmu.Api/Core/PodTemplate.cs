namespace ClusterEmu.Api;

[Doc("A Pod's description, kept for programs that make Pods of it. Nothing runs because of it.")]
public sealed record PodTemplate : IKubeObject
{
    public string Kind => "PodTemplate";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the Pods look like.")]
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
