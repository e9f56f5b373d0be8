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

[Doc("What Pods look like that are made.")]
public sealed record PodTemplateSpec
{
    public static readonly PodTemplateSpec Empty = new();

    [Doc("Labels and annotations of the Pods.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the Pods run.")]
    public PodSpec Spec { get => field ?? PodSpec.Empty; init; }
}
