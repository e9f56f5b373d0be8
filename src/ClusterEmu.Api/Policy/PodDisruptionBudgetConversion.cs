namespace ClusterEmu.Api;

/// <summary>Budgets of policy/v1beta1 and those of v1: an empty selector means no Pods in one, and all in the other.</summary>
/// <remarks>Source: pkg/apis/policy/helper.go and pkg/apis/policy/v1beta1/conversion.go. A label that no Pod has stands for the difference.</remarks>
public static class PodDisruptionBudgetConversion
{
    private const string Label = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

    /// <summary>Selects nothing, in v1.</summary>
    private static readonly LabelSelector None = new() { MatchExpressions = [new LabelSelectorRequirement { Key = Label, Operator = "Exists" }] };

    /// <summary>Selects everything, in v1beta1.</summary>
    private static readonly LabelSelector All = new() { MatchExpressions = [new LabelSelectorRequirement { Key = Label, Operator = "DoesNotExist" }] };

    public static PodDisruptionBudget ToStorage(PodDisruptionBudgetV1Beta1 budget) => new()
    {
        Metadata = budget.Metadata,
        Spec = budget.Spec with { Selector = Exchanged(budget.Spec.Selector, (LabelSelector.Empty, None), (All, LabelSelector.Empty)) },
        Status = budget.Status,
    };

    public static PodDisruptionBudgetV1Beta1 FromStorage(PodDisruptionBudget budget) => new()
    {
        Metadata = budget.Metadata,
        Spec = budget.Spec with { Selector = Exchanged(budget.Spec.Selector, (None, LabelSelector.Empty), (LabelSelector.Empty, All)) },
        Status = budget.Status,
    };

    /// <summary>A selector of v1 without the label, unless it is the one that selects nothing.</summary>
    public static LabelSelector? Cleaned(LabelSelector? selector) => selector is null || SemanticEquality.Same(selector, None) ? selector : Stripped(selector);

    private static LabelSelector? Exchanged(LabelSelector? selector, params ReadOnlySpan<(LabelSelector From, LabelSelector To)> pairs)
    {
        if (selector is null) return null;
        foreach (var (from, to) in pairs)
        {
            if (SemanticEquality.Same(selector, from)) return to;
        }
        return Stripped(selector);
    }

    private static LabelSelector Stripped(LabelSelector selector) => selector.MatchExpressions.All(requirement => requirement.Key != Label)
        ? selector
        : selector with { MatchExpressions = [.. selector.MatchExpressions.Where(requirement => requirement.Key != Label)] };
}
