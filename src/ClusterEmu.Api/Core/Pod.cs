namespace ClusterEmu.Api;

[Doc("One or more containers that run together on a node and share an address.")]
public sealed record Pod : IKubeObject
{
    public string Kind => "Pod";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What should run.")]
    public PodSpec Spec { get => field ?? PodSpec.Empty; init; }

    [Doc("What does run, as the node reports it.")]
    public PodStatus Status { get => field ?? PodStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record PodTemplateSpec
{
    public static readonly PodTemplateSpec Empty = new();

    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public PodSpec Spec { get => field ?? PodSpec.Empty; init; }
}
