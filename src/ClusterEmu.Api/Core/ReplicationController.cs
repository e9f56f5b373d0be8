namespace ClusterEmu.Api;

[Doc("Keeps a number of equal Pods running. The predecessor of ReplicaSet; Deployments do more.")]
public sealed record ReplicationController : IKubeObject
{
    public string Kind => "ReplicationController";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What should run.")]
    public ReplicationControllerSpec Spec { get => field ?? ReplicationControllerSpec.Empty; init; }

    [Doc("What does run.")]
    public ReplicationControllerStatus Status { get => field ?? ReplicationControllerStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a ReplicationController should run.")]
public sealed record ReplicationControllerSpec
{
    public static readonly ReplicationControllerSpec Empty = new();

    [Doc("How many Pods. Defaults to 1.")]
    public int? Replicas { get; init; }

    [Doc("How long a new Pod must be ready before it counts as available.")]
    public int MinReadySeconds { get; init; }

    [Doc("Labels of the Pods that belong to it. The template's labels if left out.")]
    [AtomicField]
    public IReadOnlyDictionary<string, string> Selector { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("What each Pod looks like.")]
    public PodTemplateSpec? Template { get; init; }
}

[Doc("What a ReplicationController runs.")]
public sealed record ReplicationControllerStatus
{
    public static readonly ReplicationControllerStatus Empty = new();

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
    public IReadOnlyList<ReplicationControllerCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Something that the controller reports of a ReplicationController.")]
public sealed record ReplicationControllerCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.ReplicationControllerConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the status last changed.")]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
