namespace ClusterEmu.Api;

[AtomicField]
public sealed record LabelSelector
{
    public IReadOnlyDictionary<string, string> MatchLabels { get => field ?? EmptyMap.Strings; init; }
    public IReadOnlyList<LabelSelectorRequirement> MatchExpressions { get => field ?? []; init; }
}

public sealed record LabelSelectorRequirement
{
    [AlwaysWritten]
    public string Key { get => field ?? ""; init; }

    [GoType("v1.LabelSelectorOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init; }
    public IReadOnlyList<string> Values { get => field ?? []; init; }
}
