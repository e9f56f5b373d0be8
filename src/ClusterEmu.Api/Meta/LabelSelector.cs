namespace ClusterEmu.Api;

[Doc("Which labels an object must have. Both parts must hold; an empty selector takes everything.")]
[AtomicField]
public sealed record LabelSelector
{
    public static readonly LabelSelector Empty = new();

    [Doc("Labels and their values.")]
    public IReadOnlyDictionary<string, string> MatchLabels { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("Requirements that must all hold.")]
    public IReadOnlyList<LabelSelectorRequirement> MatchExpressions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A requirement on an object's labels.")]
public sealed record LabelSelectorRequirement
{
    [Doc("The label.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("In, NotIn, Exists or DoesNotExist.")]
    [GoType("v1.LabelSelectorOperator"), AlwaysWritten]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The values for In and NotIn.")]
    public IReadOnlyList<string> Values { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
