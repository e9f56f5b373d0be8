namespace ClusterEmu.Api;

[Doc("Runs one Pod on every node, or on every node with certain labels.")]
public sealed record DaemonSet : IKubeObject
{
    public string Kind => "DaemonSet";
    public string ApiVersion => "apps/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What should run.")]
    public DaemonSetSpec Spec { get => field ?? DaemonSetSpec.Empty; init; }

    [Doc("What does run.")]
    public DaemonSetStatus Status { get => field ?? DaemonSetStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a DaemonSet should run.")]
public sealed record DaemonSetSpec
{
    public static readonly DaemonSetSpec Empty = new();

    [Doc("Which Pods belong to the DaemonSet. Must match the template's labels and cannot be changed.")]
    [AlwaysWritten]
    public LabelSelector? Selector { get; init; }

    [Doc("What each Pod looks like. Its node selector and tolerations decide which nodes get one.")]
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }

    [Doc("How Pods get a changed template.")]
    public DaemonSetUpdateStrategy UpdateStrategy { get => field ?? DaemonSetUpdateStrategy.Empty; init; }

    [Doc("How long a new Pod must be ready before it counts as available.")]
    public int MinReadySeconds { get; init; }

    [Doc("How many old templates are kept for a way back. Defaults to 10.")]
    public int? RevisionHistoryLimit { get; init; }
}

[Doc("How Pods get a changed template.")]
public sealed record DaemonSetUpdateStrategy
{
    public static readonly DaemonSetUpdateStrategy Empty = new();

    [Doc("RollingUpdate (the default) replaces Pods node by node; OnDelete waits until somebody deletes them.")]
    [GoType("v1.DaemonSetUpdateStrategyType")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Settings of a rolling update.")]
    public RollingUpdateDaemonSet? RollingUpdate { get; init; }
}

[Doc("Settings of a rolling update. One of the two numbers is 0.")]
public sealed record RollingUpdateDaemonSet
{
    [Doc("On how many nodes the Pod may be missing during the update: a number or a percentage, rounded up. Defaults to 1.")]
    public IntOrString? MaxUnavailable { get; init; }

    [Doc("On how many nodes an old and a new Pod may run together during the update: a number or a percentage. Defaults to 0.")]
    public IntOrString? MaxSurge { get; init; }
}

[Doc("What a DaemonSet runs.")]
public sealed record DaemonSetStatus
{
    public static readonly DaemonSetStatus Empty = new();

    [Doc("Nodes that should have the Pod and do.")]
    [AlwaysWritten]
    public int CurrentNumberScheduled { get; init; }

    [Doc("Nodes that have the Pod, but should not.")]
    [AlwaysWritten]
    public int NumberMisscheduled { get; init; }

    [Doc("Nodes that should have the Pod.")]
    [AlwaysWritten]
    public int DesiredNumberScheduled { get; init; }

    [Doc("Nodes whose Pod is ready.")]
    [AlwaysWritten]
    public int NumberReady { get; init; }

    [Doc("The generation of the specification that this status is about.")]
    public long ObservedGeneration { get; init; }

    [Doc("Nodes whose Pod is of the newest template.")]
    public int UpdatedNumberScheduled { get; init; }

    [Doc("Nodes whose Pod has been ready for minReadySeconds.")]
    public int NumberAvailable { get; init; }

    [Doc("Nodes that should have an available Pod, but have none.")]
    public int NumberUnavailable { get; init; }

    [Doc("How often a ControllerRevision's name was taken, so that another one had to be found.")]
    public int? CollisionCount { get; init; }

    [Doc("What the controller reports.")]
    [PatchMerge("type"), MapList("type")]
    public IReadOnlyList<DaemonSetCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Something that the controller reports of a DaemonSet.")]
public sealed record DaemonSetCondition
{
    [Doc("What the condition is about.")]
    [GoType("v1.DaemonSetConditionType"), AlwaysWritten]
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
