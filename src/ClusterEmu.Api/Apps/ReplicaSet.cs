namespace ClusterEmu.Api;

[Doc("Keeps a number of equal Pods running. Deployments make and scale ReplicaSets.")]
public sealed record ReplicaSet : IKubeObject
{
    public string Kind => "ReplicaSet";
    public string ApiVersion => "apps/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What should run.")]
    public ReplicaSetSpec Spec { get => field ?? ReplicaSetSpec.Empty; init; }

    [Doc("What does run.")]
    public ReplicaSetStatus Status { get => field ?? ReplicaSetStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a ReplicaSet should run.")]
public sealed record ReplicaSetSpec
{
    public static readonly ReplicaSetSpec Empty = new();

    [Doc("How many Pods. Defaults to 1.")]
    public int? Replicas { get; init; }

    [Doc("How long a new Pod must be ready before it counts as available.")]
    public int MinReadySeconds { get; init; }

    [Doc("Which Pods belong to the ReplicaSet. Must match the template's labels and cannot be changed.")]
    [AlwaysWritten]
    public LabelSelector? Selector { get; init; }

    [Doc("What each Pod looks like.")]
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }
}

[Doc("What a ReplicaSet runs.")]
public sealed record ReplicaSetStatus
{
    public static readonly ReplicaSetStatus Empty = new();

    [Doc("Pods that there are.")]
    [AlwaysWritten]
    public int Replicas { get; init; }

    [Doc("Pods that have all labels of the template.")]
    public int FullyLabeledReplicas { get; init; }

    [Doc("Pods that are ready.")]
    public int ReadyReplicas { get; init; }

    [Doc("Pods that have been ready for minReadySeconds.")]
    public int AvailableReplicas { get; init; }

    [Doc("The generation of the specification that this status is about.")]
    public long ObservedGeneration { get; init; }

    [Doc("What the controller reports.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<ReplicaSetCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Something that the controller reports of a ReplicaSet.")]
public sealed record ReplicaSetCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.ReplicaSetConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the status last changed.")]
    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
