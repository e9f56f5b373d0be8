namespace ClusterEmu.Api;

[Doc("Keeps a number of equal Pods running. Deployments make and scale ReplicaSets.")]
public sealed record ReplicaSet : IKubeObject
{
    public string Kind => "ReplicaSet";
    public string ApiVersion => "apps/v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public ReplicaSetSpec Spec { get => field ?? ReplicaSetSpec.Empty; init; }
    public ReplicaSetStatus Status { get => field ?? ReplicaSetStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record ReplicaSetSpec
{
    public static readonly ReplicaSetSpec Empty = new();

    public int? Replicas { get; init; }
    public int MinReadySeconds { get; init; }

    [AlwaysWritten]
    public LabelSelector? Selector { get; init; }
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }
}

public sealed record ReplicaSetStatus
{
    public static readonly ReplicaSetStatus Empty = new();

    [AlwaysWritten]
    public int Replicas { get; init; }
    public int FullyLabeledReplicas { get; init; }
    public int ReadyReplicas { get; init; }
    public int AvailableReplicas { get; init; }
    public long ObservedGeneration { get; init; }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<ReplicaSetCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record ReplicaSetCondition
{
    [GoType("v1.ReplicaSetConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
