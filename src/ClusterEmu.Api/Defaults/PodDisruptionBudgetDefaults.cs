namespace ClusterEmu.Api;

/// <summary>What the API server makes of a PodDisruptionBudget of v1. Source: pkg/apis/policy/v1/conversion.go; there are no defaults.</summary>
public static class PodDisruptionBudgetDefaults
{
    /// <summary>The label that stands for v1beta1's empty selector never mixes with others.</summary>
    public static PodDisruptionBudget Apply(PodDisruptionBudget budget)
    {
        var cleaned = PodDisruptionBudgetConversion.Cleaned(budget.Spec.Selector);
        return ReferenceEquals(cleaned, budget.Spec.Selector) ? budget : budget with { Spec = budget.Spec with { Selector = cleaned } };
    }
}
