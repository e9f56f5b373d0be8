namespace ClusterEmu.Api;

[Doc("An autoscaler that looks at CPU alone. What v2 can say beyond that is carried along in annotations.")]
[GoName("HorizontalPodAutoscaler", "v1")]
public sealed record HorizontalPodAutoscalerV1 : IKubeObject
{
    public string Kind => "HorizontalPodAutoscaler";
    public string ApiVersion => "autoscaling/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is wanted.")]
    public HorizontalPodAutoscalerV1Spec Spec { get => field ?? HorizontalPodAutoscalerV1Spec.Empty; init; }

    [Doc("What was last measured and decided.")]
    public HorizontalPodAutoscalerV1Status Status { get => field ?? HorizontalPodAutoscalerV1Status.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Which workload is scaled, within which bounds.")]
[GoName("HorizontalPodAutoscalerSpec", "v1")]
public sealed record HorizontalPodAutoscalerV1Spec
{
    public static readonly HorizontalPodAutoscalerV1Spec Empty = new();

    [Doc("The workload, which must have the subresource scale.")]
    [MustBeGiven]
    public CrossVersionObjectReference ScaleTargetRef { get => field ?? CrossVersionObjectReference.Empty; init; }

    [Doc("The least number of Pods. At least 1, the default.")]
    public int? MinReplicas { get; init; }

    [Doc("The greatest number of Pods. Not less than minReplicas.")]
    [AlwaysWritten]
    public int MaxReplicas { get; init; }

    [Doc("The average use of CPU that is wanted, in percent of what the Pods request. Defaults to 80.")]
    public int? TargetCPUUtilizationPercentage { get; init; }
}

[Doc("What was last measured and decided.")]
[GoName("HorizontalPodAutoscalerStatus", "v1")]
public sealed record HorizontalPodAutoscalerV1Status
{
    public static readonly HorizontalPodAutoscalerV1Status Empty = new();

    [Doc("The generation of the specification that was acted on.")]
    public long? ObservedGeneration { get; init; }

    [Doc("When the number of Pods was last changed.")]
    public DateTimeOffset? LastScaleTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("How many Pods there were.")]
    [AlwaysWritten]
    public int CurrentReplicas { get; init; }

    [Doc("How many there should be.")]
    [AlwaysWritten]
    public int DesiredReplicas { get; init; }

    [Doc("The average use of CPU, in percent of what the Pods request.")]
    public int? CurrentCPUUtilizationPercentage { get; init; }
}
