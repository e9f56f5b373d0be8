namespace ClusterEmu.Api;

public sealed record Deployment : IKubeObject
{
    public string Kind => "Deployment";
    public string ApiVersion => "apps/v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public DeploymentSpec Spec { get => field ?? DeploymentSpec.Empty; init; }
    public DeploymentStatus Status { get => field ?? DeploymentStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record DeploymentSpec
{
    public static readonly DeploymentSpec Empty = new();

    public int? Replicas { get; init; }
    [AlwaysWritten]
    public LabelSelector? Selector { get; init; }
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }
    [PatchRetainKeys]
    public DeploymentStrategy Strategy { get => field ?? DeploymentStrategy.Empty; init; }
    public int MinReadySeconds { get; init; }
    public int? RevisionHistoryLimit { get; init; }
    public bool Paused { get; init; }
    public int? ProgressDeadlineSeconds { get; init; }
}

public sealed record DeploymentStrategy
{
    public static readonly DeploymentStrategy Empty = new();

    [GoType("v1.DeploymentStrategyType")]
    public string Type { get => field ?? ""; init; }
    public RollingUpdateDeployment? RollingUpdate { get; init; }
}

public sealed record RollingUpdateDeployment
{
    public IntOrString? MaxUnavailable { get; init; }
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
    public IReadOnlyList<DeploymentCondition> Conditions { get => field ?? []; init; }
    public int? CollisionCount { get; init; }
}

public sealed record DeploymentCondition
{
    [GoType("v1.DeploymentConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init; }
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init; }
    [AlwaysWritten]
    public DateTimeOffset? LastUpdateTime { get; init; }
    [AlwaysWritten]
    public DateTimeOffset? LastTransitionTime { get; init; }
    public string Reason { get => field ?? ""; init; }
    public string Message { get => field ?? ""; init; }
}
