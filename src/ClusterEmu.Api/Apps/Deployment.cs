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

public sealed record DeploymentStatus
{
    public static readonly DeploymentStatus Empty = new();

    public long ObservedGeneration { get; init; }
    public int Replicas { get; init; }
    public int UpdatedReplicas { get; init; }
    public int ReadyReplicas { get; init; }
    public int AvailableReplicas { get; init; }
    public int UnavailableReplicas { get; init; }

    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<DeploymentCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public int? CollisionCount { get; init; }
}

public sealed record DeploymentCondition
{
    [GoType("v1.DeploymentConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastUpdateTime { get; init => field = KubeTime.ToSeconds(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
