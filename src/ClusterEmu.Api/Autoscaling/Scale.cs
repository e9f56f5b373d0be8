namespace ClusterEmu.Api;

[Doc("How many Pods a workload should have and has.")]
public sealed record Scale : IKubeObject
{
    public string Kind => "Scale";
    public string ApiVersion => "autoscaling/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("How many Pods there should be.")]
    public ScaleSpec Spec { get => field ?? ScaleSpec.Empty; init; }

    [Doc("How many Pods there are.")]
    public ScaleStatus Status { get => field ?? ScaleStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("The wanted number of Pods.")]
public sealed record ScaleSpec
{
    public static readonly ScaleSpec Empty = new();

    [Doc("The number.")]
    public int Replicas { get; init; }
}

[Doc("The number of Pods as it is.")]
public sealed record ScaleStatus
{
    public static readonly ScaleStatus Empty = new();

    [Doc("The number.")]
    [AlwaysWritten]
    public int Replicas { get; init; }

    [Doc("Which Pods these are, as a label selector in text form.")]
    public string Selector { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
