namespace ClusterEmu.Api;

[Doc("Runs Pods that have a name and storage of their own and keep both: web-0, web-1, and so on.")]
public sealed record StatefulSet : IKubeObject
{
    public string Kind => "StatefulSet";
    public string ApiVersion => "apps/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What should run.")]
    public StatefulSetSpec Spec { get => field ?? StatefulSetSpec.Empty; init; }

    [Doc("What does run.")]
    public StatefulSetStatus Status { get => field ?? StatefulSetStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a StatefulSet should run.")]
public sealed record StatefulSetSpec
{
    public static readonly StatefulSetSpec Empty = new();

    [Doc("How many Pods. Defaults to 1.")]
    public int? Replicas { get; init; }

    [Doc("Which Pods belong to the StatefulSet. Must match the template's labels and cannot be changed.")]
    [AlwaysWritten]
    public LabelSelector? Selector { get; init; }

    [Doc("What each Pod looks like. Each gets the set's name and its own number as its name.")]
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }

    [Doc("Claims of which each Pod gets its own: a claim named data of Pod web-0 becomes data-web-0.")]
    public IReadOnlyList<PersistentVolumeClaim> VolumeClaimTemplates { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The headless Service that gives the Pods their DNS names, such as web-0.web. It must exist before the StatefulSet does.")]
    [AlwaysWritten]
    public string ServiceName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("OrderedReady (the default) starts and ends Pods one by one, in order; Parallel all at once.")]
    [GoType("v1.PodManagementPolicyType")]
    public string PodManagementPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How Pods get a changed template.")]
    public StatefulSetUpdateStrategy UpdateStrategy { get => field ?? StatefulSetUpdateStrategy.Empty; init; }

    [Doc("How many old templates are kept for a way back. Defaults to 10.")]
    public int? RevisionHistoryLimit { get; init; }

    [Doc("How long a new Pod must be ready before it counts as available.")]
    public int MinReadySeconds { get; init; }

    [Doc("What becomes of the Pods' claims when the set is deleted or made smaller. They are kept by default.")]
    public StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; init; }

    [Doc("Where the Pods' numbers begin.")]
    public StatefulSetOrdinals? Ordinals { get; init; }
}

[Doc("How Pods get a changed template.")]
public sealed record StatefulSetUpdateStrategy
{
    public static readonly StatefulSetUpdateStrategy Empty = new();

    [Doc("RollingUpdate (the default) replaces Pods from the highest number down; OnDelete waits until somebody deletes them.")]
    [GoType("v1.StatefulSetUpdateStrategyType")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Settings of a rolling update.")]
    public RollingUpdateStatefulSetStrategy? RollingUpdate { get; init; }
}

[Doc("Settings of a rolling update.")]
public sealed record RollingUpdateStatefulSetStrategy
{
    [Doc("Pods with a lower number than this keep the old template. Defaults to 0.")]
    public int? Partition { get; init; }

    [Doc("How many Pods may be missing during the update: a number or a percentage. An alpha feature; one at a time without it.")]
    public IntOrString? MaxUnavailable { get; init; }
}

[Doc("What becomes of claims that were made from volumeClaimTemplates.")]
public sealed record StatefulSetPersistentVolumeClaimRetentionPolicy
{
    [Doc("When the StatefulSet is deleted: Retain (the default) or Delete.")]
    [GoType("v1.PersistentVolumeClaimRetentionPolicyType")]
    public string WhenDeleted { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the StatefulSet is made smaller: Retain (the default) or Delete.")]
    [GoType("v1.PersistentVolumeClaimRetentionPolicyType")]
    public string WhenScaled { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("The numbers of a StatefulSet's Pods.")]
public sealed record StatefulSetOrdinals
{
    [Doc("The first number. Defaults to 0.")]
    [AlwaysWritten]
    public int Start { get; init; }
}

[Doc("What a StatefulSet runs.")]
public sealed record StatefulSetStatus
{
    public static readonly StatefulSetStatus Empty = new();

    [Doc("The generation of the specification that this status is about.")]
    public long ObservedGeneration { get; init; }

    [Doc("Pods that there are.")]
    [AlwaysWritten]
    public int Replicas { get; init; }

    [Doc("Pods that are ready.")]
    public int ReadyReplicas { get; init; }

    [Doc("Pods made from the template of currentRevision.")]
    public int CurrentReplicas { get; init; }

    [Doc("Pods made from the template of updateRevision.")]
    public int UpdatedReplicas { get; init; }

    [Doc("The ControllerRevision of the Pods with the lowest numbers.")]
    public string CurrentRevision { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The ControllerRevision of the Pods with the highest numbers: the newest template.")]
    public string UpdateRevision { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How often a ControllerRevision's name was taken, so that another one had to be found.")]
    public int? CollisionCount { get; init; }

    [Doc("What the controller reports.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<StatefulSetCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Pods that have been ready for minReadySeconds.")]
    [AlwaysWritten]
    public int AvailableReplicas { get; init; }
}

[Doc("Something that the controller reports of a StatefulSet.")]
public sealed record StatefulSetCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.StatefulSetConditionType"), AlwaysWritten]
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
