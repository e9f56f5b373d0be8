namespace ClusterEmu.Api;

public sealed record Affinity
{
    public NodeAffinity? NodeAffinity { get; init; }
    public PodAffinity? PodAffinity { get; init; }
    public PodAntiAffinity? PodAntiAffinity { get; init; }
}

public sealed record NodeAffinity
{
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }
    public IReadOnlyList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record PodAffinity
{
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record PodAntiAffinity
{
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[AtomicField]
public sealed record NodeSelector
{
    [AlwaysWritten]
    public IReadOnlyList<NodeSelectorTerm> NodeSelectorTerms { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[AtomicField]
public sealed record NodeSelectorTerm
{
    public static readonly NodeSelectorTerm Empty = new();

    public IReadOnlyList<NodeSelectorRequirement> MatchExpressions { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<NodeSelectorRequirement> MatchFields { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record NodeSelectorRequirement
{
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.NodeSelectorOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<string> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record PreferredSchedulingTerm
{
    [AlwaysWritten]
    public int Weight { get; init; }
    public NodeSelectorTerm Preference { get => field ?? NodeSelectorTerm.Empty; init; }
}

public sealed record PodAffinityTerm
{
    public static readonly PodAffinityTerm Empty = new();

    public LabelSelector? LabelSelector { get; init; }
    public IReadOnlyList<string> Namespaces { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string TopologyKey { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public LabelSelector? NamespaceSelector { get; init; }
    public IReadOnlyList<string> MatchLabelKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<string> MismatchLabelKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record WeightedPodAffinityTerm
{
    [AlwaysWritten]
    public int Weight { get; init; }
    public PodAffinityTerm PodAffinityTerm { get => field ?? PodAffinityTerm.Empty; init; }
}

public sealed record TopologySpreadConstraint
{
    [AlwaysWritten]
    public int MaxSkew { get; init; }

    [AlwaysWritten]
    public string TopologyKey { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.UnsatisfiableConstraintAction"), AlwaysWritten]
    public string WhenUnsatisfiable { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public LabelSelector? LabelSelector { get; init; }
    public int? MinDomains { get; init; }

    [GoType("v1.NodeInclusionPolicy")]
    public string? NodeAffinityPolicy { get; init; }

    [GoType("v1.NodeInclusionPolicy")]
    public string? NodeTaintsPolicy { get; init; }
    public IReadOnlyList<string> MatchLabelKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
