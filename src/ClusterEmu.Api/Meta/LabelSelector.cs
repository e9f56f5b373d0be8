namespace ClusterEmu.Api;

[AtomicField]
public sealed record LabelSelector
{
    public static readonly LabelSelector Empty = new();

    public IReadOnlyDictionary<string, string> MatchLabels { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<LabelSelectorRequirement> MatchExpressions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record LabelSelectorRequirement
{
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.LabelSelectorOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<string> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
