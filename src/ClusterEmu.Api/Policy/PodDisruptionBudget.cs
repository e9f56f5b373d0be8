namespace ClusterEmu.Api;

[Doc("How many of some Pods may be missing because somebody wants to empty a node. Evictions that would exceed it are refused; deletions and crashes are not held back.")]
public sealed record PodDisruptionBudget : IKubeObject
{
    public string Kind => "PodDisruptionBudget";
    public string ApiVersion => "policy/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is wanted.")]
    public PodDisruptionBudgetSpec Spec { get => field ?? PodDisruptionBudgetSpec.Empty; init; }

    [Doc("How things stand.")]
    public PodDisruptionBudgetStatus Status { get => field ?? PodDisruptionBudgetStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Which Pods are meant, and how many of them must stay. minAvailable and maxUnavailable cannot both be set.")]
public sealed record PodDisruptionBudgetSpec
{
    public static readonly PodDisruptionBudgetSpec Empty = new();

    [Doc("An eviction is allowed if this many Pods are healthy after it: a number, or a share of the wanted number such as 50%.")]
    public IntOrString? MinAvailable { get; init; }

    [Doc("Which Pods are meant. An empty selector means all of the namespace, none at all means none.")]
    [PatchReplace]
    public LabelSelector? Selector { get; init; }

    [Doc("An eviction is allowed if at most this many Pods are not healthy after it: a number, or a share such as 50%. Needs Pods that a controller manages.")]
    public IntOrString? MaxUnavailable { get; init; }

    [Doc("Whether running Pods that are not ready may be evicted: IfHealthyBudget (the default: only while enough others are healthy) or AlwaysAllow.")]
    [GoType("v1.UnhealthyPodEvictionPolicyType")]
    public string? UnhealthyPodEvictionPolicy { get; init; }
}

[Doc("How many Pods there are, and how many evictions are allowed now. Written by the disruption controller, and by each eviction.")]
public sealed record PodDisruptionBudgetStatus
{
    public static readonly PodDisruptionBudgetStatus Empty = new();

    [Doc("The generation of the specification that this status is about. Until it is the newest one, every eviction is refused.")]
    public long ObservedGeneration { get; init; }

    [Doc("Pods whose eviction was allowed and whose deletion the controller has not seen yet, with the time. Entries are dropped after two minutes.")]
    public IReadOnlyDictionary<string, DateTimeOffset> DisruptedPods { get => field ?? EmptyMap.Times; init => field = Absent.IfEmpty(value); }

    [Doc("How many evictions are allowed now.")]
    [AlwaysWritten]
    public int DisruptionsAllowed { get; init; }

    [Doc("How many of the Pods are healthy.")]
    [AlwaysWritten]
    public int CurrentHealthy { get; init; }

    [Doc("How many have to be.")]
    [AlwaysWritten]
    public int DesiredHealthy { get; init; }

    [Doc("How many Pods the budget is about.")]
    [AlwaysWritten]
    public int ExpectedPods { get; init; }

    [Doc("DisruptionAllowed says whether an eviction is allowed now: SufficientPods, InsufficientPods, or SyncFailed if the controller could not count.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<Condition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
