namespace ClusterEmu.Api;

public sealed record Pod : IKubeObject
{
    public string Kind => "Pod";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public PodSpec Spec { get => field ?? PodSpec.Empty; init; }
    public PodStatus Status { get => field ?? PodStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record PodTemplateSpec
{
    public static readonly PodTemplateSpec Empty = new();

    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public PodSpec Spec { get => field ?? PodSpec.Empty; init; }
}
