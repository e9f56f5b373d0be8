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
    public IReadOnlyList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init; }
}

public sealed record PodAffinity
{
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init; }
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init; }
}

public sealed record PodAntiAffinity
{
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init; }
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get => field ?? []; init; }
}

[AtomicField]
public sealed record NodeSelector
{
    [AlwaysWritten]
    public IReadOnlyList<NodeSelectorTerm> NodeSelectorTerms { get => field ?? []; init; }
}

[AtomicField]
public sealed record NodeSelectorTerm
{
    public static readonly NodeSelectorTerm Empty = new();

    public IReadOnlyList<NodeSelectorRequirement> MatchExpressions { get => field ?? []; init; }
    public IReadOnlyList<NodeSelectorRequirement> MatchFields { get => field ?? []; init; }
}

public sealed record NodeSelectorRequirement
{
    [AlwaysWritten]
    public string Key { get => field ?? ""; init; }

    [GoType("v1.NodeSelectorOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init; }
    public IReadOnlyList<string> Values { get => field ?? []; init; }
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
    public IReadOnlyList<string> Namespaces { get => field ?? []; init; }

    [AlwaysWritten]
    public string TopologyKey { get => field ?? ""; init; }
    public LabelSelector? NamespaceSelector { get; init; }
    public IReadOnlyList<string> MatchLabelKeys { get => field ?? []; init; }
    public IReadOnlyList<string> MismatchLabelKeys { get => field ?? []; init; }
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
    public string TopologyKey { get => field ?? ""; init; }

    [GoType("v1.UnsatisfiableConstraintAction"), AlwaysWritten]
    public string WhenUnsatisfiable { get => field ?? ""; init; }
    public LabelSelector? LabelSelector { get; init; }
    public int? MinDomains { get; init; }

    [GoType("v1.NodeInclusionPolicy")]
    public string? NodeAffinityPolicy { get; init; }

    [GoType("v1.NodeInclusionPolicy")]
    public string? NodeTaintsPolicy { get; init; }
    public IReadOnlyList<string> MatchLabelKeys { get => field ?? []; init; }
}
