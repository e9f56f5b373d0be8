namespace ClusterEmu.Api;

[Doc("Keeps a number of equal Pods running, and replaces them step by step when their template changes.")]
public sealed record Deployment : IKubeObject
{
    public string Kind => "Deployment";
    public string ApiVersion => "apps/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What should run.")]
    public DeploymentSpec Spec { get => field ?? DeploymentSpec.Empty; init; }

    [Doc("What does run.")]
    public DeploymentStatus Status { get => field ?? DeploymentStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a Deployment should run.")]
public sealed record DeploymentSpec
{
    public static readonly DeploymentSpec Empty = new();

    [Doc("How many Pods. Defaults to 1.")]
    public int? Replicas { get; init; }

    [Doc("Which Pods belong to the Deployment. Must match the template's labels and cannot be changed.")]
    [AlwaysWritten]
    public LabelSelector? Selector { get; init; }

    [Doc("What each Pod looks like.")]
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }

    [Doc("How old Pods are replaced by new ones.")]
    [PatchRetainKeys]
    public DeploymentStrategy Strategy { get => field ?? DeploymentStrategy.Empty; init; }

    [Doc("How long a new Pod must be ready before it counts as available.")]
    public int MinReadySeconds { get; init; }

    [Doc("How many old ReplicaSets are kept for a way back. Defaults to 10.")]
    public int? RevisionHistoryLimit { get; init; }

    [Doc("True holds back changes of the template.")]
    public bool Paused { get; init; }

    [Doc("A roll-out without progress for this long is reported as failed. Defaults to 600.")]
    public int? ProgressDeadlineSeconds { get; init; }
}

[Doc("How old Pods are replaced by new ones.")]
public sealed record DeploymentStrategy
{
    public static readonly DeploymentStrategy Empty = new();

    [Doc("RollingUpdate (the default) or Recreate, which ends all old Pods first.")]
    [GoType("v1.DeploymentStrategyType")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Settings of a rolling update.")]
    public RollingUpdateDeployment? RollingUpdate { get; init; }
}

[Doc("Settings of a rolling update.")]
public sealed record RollingUpdateDeployment
{
    [Doc("How many Pods may be missing during the update: a number or a percentage. Defaults to 25%.")]
    public IntOrString? MaxUnavailable { get; init; }

    [Doc("How many Pods there may be above the wanted number: a number or a percentage. Defaults to 25%.")]
    public IntOrString? MaxSurge { get; init; }
}

[Doc("What a Deployment runs.")]
public sealed record DeploymentStatus
{
    public static readonly DeploymentStatus Empty = new();

    [Doc("The generation of the specification that this status is about.")]
    public long ObservedGeneration { get; init; }

    [Doc("Pods that there are, of old and new templates.")]
    public int Replicas { get; init; }

    [Doc("Pods of the newest template.")]
    public int UpdatedReplicas { get; init; }

    [Doc("Pods that are ready.")]
    public int ReadyReplicas { get; init; }

    [Doc("Pods that have been ready for minReadySeconds.")]
    public int AvailableReplicas { get; init; }

    [Doc("Pods that are still missing, or not available yet.")]
    public int UnavailableReplicas { get; init; }

    [Doc("What the controller reports: Available, Progressing, ReplicaFailure.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<DeploymentCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("How often a ReplicaSet's name was taken, so that another one had to be found.")]
    public int? CollisionCount { get; init; }
}

[Doc("Something that the controller reports of a Deployment.")]
public sealed record DeploymentCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.DeploymentConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When the condition was last written.")]
    [AlwaysWritten]
    public DateTimeOffset? LastUpdateTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When the status last changed.")]
    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
