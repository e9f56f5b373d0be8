namespace ClusterEmu.Api;

[Doc("Rules on which nodes, and near which other Pods, a Pod should run.")]
public sealed record Affinity
{
    [Doc("Which nodes.")]
    public NodeAffinity? NodeAffinity { get; init; }

    [Doc("Near which Pods.")]
    public PodAffinity? PodAffinity { get; init; }

    [Doc("Away from which Pods.")]
    public PodAntiAffinity? PodAntiAffinity { get; init; }
}

[Doc("Rules on which nodes a Pod should run.")]
public sealed record NodeAffinity
{
    [Doc("What the node must look like. Changes of the node later on do not matter.")]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    [Doc("What the node should look like, if there is a choice. Nodes with more weight win.")]
    public IReadOnlyList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Rules near which other Pods a Pod should run.")]
public sealed record PodAffinity
{
    [Doc("All of these must hold when the Pod is placed.")]
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("These should hold, if there is a choice. Nodes with more weight win.")]
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Rules away from which other Pods a Pod should run.")]
public sealed record PodAntiAffinity
{
    [Doc("All of these must hold when the Pod is placed.")]
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("These should hold, if there is a choice. Nodes with more weight win.")]
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("What a node looks like.")]
[AtomicField]
public sealed record NodeSelector
{
    [Doc("One of these must hold.")]
    [AlwaysWritten]
    public IReadOnlyList<NodeSelectorTerm> NodeSelectorTerms { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Requirements on a node that must all hold. A term without any holds for no node.")]
[AtomicField]
public sealed record NodeSelectorTerm
{
    public static readonly NodeSelectorTerm Empty = new();

    [Doc("Requirements on the node's labels.")]
    public IReadOnlyList<NodeSelectorRequirement> MatchExpressions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Requirements on the node's fields; metadata.name is the only one.")]
    public IReadOnlyList<NodeSelectorRequirement> MatchFields { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A requirement on a node.")]
public sealed record NodeSelectorRequirement
{
    [Doc("The label or field.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("In, NotIn, Exists, DoesNotExist, Gt or Lt.")]
    [GoType("v1.NodeSelectorOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The values for In and NotIn; one number for Gt and Lt; none for the others.")]
    public IReadOnlyList<string> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("What a node should look like.")]
public sealed record PreferredSchedulingTerm
{
    [Doc("How much it counts, 1 to 100.")]
    [AlwaysWritten]
    public int Weight { get; init; }

    [Doc("The requirements.")]
    public NodeSelectorTerm Preference { get => field ?? NodeSelectorTerm.Empty; init; }
}

[Doc("Pods, and how near is near.")]
public sealed record PodAffinityTerm
{
    public static readonly PodAffinityTerm Empty = new();

    [Doc("Labels of the Pods.")]
    public LabelSelector? LabelSelector { get; init; }

    [Doc("Namespaces of the Pods. The Pod's own if neither this nor namespaceSelector is given.")]
    public IReadOnlyList<string> Namespaces { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The node label that tells what is near: nodes with the same value are one place.")]
    [AlwaysWritten]
    public string TopologyKey { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Labels of the Pods' namespaces. An empty selector takes all namespaces.")]
    public LabelSelector? NamespaceSelector { get; init; }

    [Doc("Labels whose values must be the same as those of the Pod itself.")]
    public IReadOnlyList<string> MatchLabelKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Labels whose values must be others than those of the Pod itself.")]
    public IReadOnlyList<string> MismatchLabelKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Pods near which a Pod should run.")]
public sealed record WeightedPodAffinityTerm
{
    [Doc("How much it counts, 1 to 100.")]
    [AlwaysWritten]
    public int Weight { get; init; }

    [Doc("The Pods, and how near is near.")]
    public PodAffinityTerm PodAffinityTerm { get => field ?? PodAffinityTerm.Empty; init; }
}

[Doc("How Pods like this one should be spread.")]
public sealed record TopologySpreadConstraint
{
    [Doc("How many Pods more one place may have than the place with the fewest. At least 1.")]
    [AlwaysWritten]
    public int MaxSkew { get; init; }

    [Doc("The node label that tells the places: nodes with the same value are one place.")]
    [AlwaysWritten]
    public string TopologyKey { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("DoNotSchedule lets the Pod wait; ScheduleAnyway takes the best place there is.")]
    [GoType("v1.UnsatisfiableConstraintAction"), AlwaysWritten]
    public string WhenUnsatisfiable { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Pods that are counted.")]
    public LabelSelector? LabelSelector { get; init; }

    [Doc("If there are fewer places than this, the fewest counts as 0. Only with DoNotSchedule.")]
    public int? MinDomains { get; init; }

    [Doc("Honor (the default) counts only nodes that the Pod's affinity allows; Ignore counts all.")]
    [GoType("v1.NodeInclusionPolicy")]
    public string? NodeAffinityPolicy { get; init; }

    [Doc("Honor counts only nodes whose taints the Pod tolerates; Ignore (the default) counts all.")]
    [GoType("v1.NodeInclusionPolicy")]
    public string? NodeTaintsPolicy { get; init; }

    [Doc("Labels whose values must be the same as those of the Pod itself for a Pod to be counted.")]
    public IReadOnlyList<string> MatchLabelKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
