namespace ClusterEmu.Api;

[Doc("Keeps the number of a workload's Pods in step with what they are doing.")]
[GoName("HorizontalPodAutoscaler", "v2")]
public sealed record HorizontalPodAutoscaler : IKubeObject
{
    public string Kind => "HorizontalPodAutoscaler";
    public string ApiVersion => "autoscaling/v2";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is wanted.")]
    public HorizontalPodAutoscalerSpec Spec { get => field ?? HorizontalPodAutoscalerSpec.Empty; init; }

    [Doc("What was last measured and decided.")]
    public HorizontalPodAutoscalerStatus Status { get => field ?? HorizontalPodAutoscalerStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Which workload is scaled, within which bounds, and by what.")]
[GoName("HorizontalPodAutoscalerSpec", "v2")]
public sealed record HorizontalPodAutoscalerSpec
{
    public static readonly HorizontalPodAutoscalerSpec Empty = new();

    [Doc("The workload, which must have the subresource scale.")]
    [MustBeGiven]
    public CrossVersionObjectReference ScaleTargetRef { get => field ?? CrossVersionObjectReference.Empty; init; }

    [Doc("The least number of Pods. At least 1, the default.")]
    public int? MinReplicas { get; init; }

    [Doc("The greatest number of Pods. Not less than minReplicas.")]
    [AlwaysWritten]
    public int MaxReplicas { get; init; }

    [Doc("What is measured; the measure that asks for most Pods decides. Defaults to 80% of the requested CPU.")]
    public IReadOnlyList<MetricSpec> Metrics { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How fast the number may change.")]
    public HorizontalPodAutoscalerBehavior? Behavior { get; init; }
}

[Doc("Names an object of the same namespace, whatever version of its kind is read.")]
[GoName("CrossVersionObjectReference", "v2")]
[AtomicField]
public sealed record CrossVersionObjectReference
{
    public static readonly CrossVersionObjectReference Empty = new();

    [Doc("Its kind, such as Deployment.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its group and version, such as apps/v1.")]
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("How fast the number of Pods may change, up and down.")]
[GoName("HorizontalPodAutoscalerBehavior", "v2")]
public sealed record HorizontalPodAutoscalerBehavior
{
    [Doc("Upwards. By default the greater of 4 Pods and 100% more in 15 seconds, at once.")]
    public HPAScalingRules? ScaleUp { get; init; }

    [Doc("Downwards. By default down to the least number, by the highest advice of the last 300 seconds.")]
    public HPAScalingRules? ScaleDown { get; init; }
}

[Doc("How fast the number of Pods may change in one direction.")]
[GoName("HPAScalingRules", "v2")]
public sealed record HPAScalingRules
{
    [Doc("For how long earlier advice counts, so that the number does not go to and fro. 0 to 3600. Defaults to 0 upwards and 300 downwards.")]
    public int? StabilizationWindowSeconds { get; init; }

    [Doc("Which of several policies counts: Max (the default), Min, or Disabled for no change in this direction.")]
    [GoType("v2.ScalingPolicySelect")]
    public string? SelectPolicy { get; init; }

    [Doc("The limits. At least one.")]
    public IReadOnlyList<HPAScalingPolicy> Policies { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A limit of the change within a time.")]
[GoName("HPAScalingPolicy", "v2")]
public sealed record HPAScalingPolicy
{
    [Doc("What value counts: Pods or Percent.")]
    [GoType("v2.HPAScalingPolicyType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How many Pods, or how many percent of them. Above 0.")]
    [AlwaysWritten]
    public int Value { get; init; }

    [Doc("Within how many seconds. 1 to 1800.")]
    [AlwaysWritten]
    public int PeriodSeconds { get; init; }
}

[Doc("What was last measured and decided.")]
[GoName("HorizontalPodAutoscalerStatus", "v2")]
public sealed record HorizontalPodAutoscalerStatus
{
    public static readonly HorizontalPodAutoscalerStatus Empty = new();

    [Doc("The generation of the specification that was acted on.")]
    public long? ObservedGeneration { get; init; }

    [Doc("When the number of Pods was last changed.")]
    public DateTimeOffset? LastScaleTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("How many Pods there were.")]
    public int CurrentReplicas { get; init; }

    [Doc("How many there should be.")]
    [AlwaysWritten]
    public int DesiredReplicas { get; init; }

    [Doc("What was measured.")]
    [AlwaysWritten(Optional = true)]
    public IReadOnlyList<MetricStatus> CurrentMetrics { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Whether it can scale, does scale, and is held back by its bounds.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<HorizontalPodAutoscalerCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One aspect of the state of an autoscaler.")]
[GoName("HorizontalPodAutoscalerCondition", "v2")]
public sealed record HorizontalPodAutoscalerCondition
{
    [Doc("Which aspect: ScalingActive, AbleToScale or ScalingLimited.")]
    [GoType("v2.HorizontalPodAutoscalerConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the status last changed.")]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, in one word.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
