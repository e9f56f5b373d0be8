namespace ClusterEmu.Api;

[Doc("How many Pods a workload should have and has.")]
public sealed record Scale : IKubeObject
{
    public string Kind => "Scale";
    public string ApiVersion => "autoscaling/v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public ScaleSpec Spec { get => field ?? ScaleSpec.Empty; init; }
    public ScaleStatus Status { get => field ?? ScaleStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record ScaleSpec
{
    public static readonly ScaleSpec Empty = new();

    public int Replicas { get; init; }
}

public sealed record ScaleStatus
{
    public static readonly ScaleStatus Empty = new();

    [AlwaysWritten]
    public int Replicas { get; init; }
    public string Selector { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
