namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a PodDisruptionBudget, in its words. Source: pkg/apis/policy/validation.</summary>
public static class PodDisruptionBudgetValidation
{
    public static IReadOnlyList<FieldError> Create(PodDisruptionBudget budget)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, budget.Metadata, namespaced: true, ObjectNameRules.PathSegment);
        Check(errors, budget.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(PodDisruptionBudget budget, PodDisruptionBudget old)
    {
        if (ConditionalUpdate.Refusal(budget.Metadata) is { } refusal) return refusal;
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, budget.Metadata, old.Metadata);
        if (ReferenceEquals(budget.Spec, old.Spec)) Check(errors, budget.Status);
        else Check(errors, budget.Spec);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, PodDisruptionBudgetSpec spec)
    {
        var path = FieldPath.Spec;
        if (spec is { MinAvailable: not null, MaxUnavailable: not null })
            errors.Add(FieldErrors.Invalid(path, Literal(spec), "minAvailable and maxUnavailable cannot be both set"));
        if (spec.MinAvailable is { } least)
        {
            ShareRules.Check(errors, least, path.Child("minAvailable"));
            ShareRules.CheckAtMostAll(errors, least, path.Child("minAvailable"));
        }
        if (spec.MaxUnavailable is { } most)
        {
            ShareRules.Check(errors, most, path.Child("maxUnavailable"));
            ShareRules.CheckAtMostAll(errors, most, path.Child("maxUnavailable"));
        }
        LabelRules.CheckSelector(errors, spec.Selector, path.Child("selector"));
        if (spec.UnhealthyPodEvictionPolicy is not (null or "IfHealthyBudget" or "AlwaysAllow"))
            errors.Add(FieldErrors.NotSupported(path.Child("unhealthyPodEvictionPolicy"), spec.UnhealthyPodEvictionPolicy, "AlwaysAllow", "IfHealthyBudget"));
    }

    private static void Check(List<FieldError> errors, PodDisruptionBudgetStatus status)
    {
        var path = FieldPath.Status;
        ConditionRules.Check(errors, status.Conditions, path.Child("conditions"));
        ObjectMetaValidation.CheckNonNegative(errors, status.DisruptionsAllowed, path.Child("disruptionsAllowed"));
        ObjectMetaValidation.CheckNonNegative(errors, status.CurrentHealthy, path.Child("currentHealthy"));
        ObjectMetaValidation.CheckNonNegative(errors, status.DesiredHealthy, path.Child("desiredHealthy"));
        ObjectMetaValidation.CheckNonNegative(errors, status.ExpectedPods, path.Child("expectedPods"));
    }

    /// <summary>Kubernetes shows addresses in its memory here, which nobody can compare.</summary>
    private static GoLiteral Literal(PodDisruptionBudgetSpec spec)
    {
        static string Pointer(string type, bool isSet) => isSet ? $"(*{type})(0xc000000000)" : $"(*{type})(nil)";
        return new GoLiteral(
            $"policy.PodDisruptionBudgetSpec{{MinAvailable:{Pointer("intstr.IntOrString", spec.MinAvailable is not null)}, Selector:{Pointer("v1.LabelSelector", spec.Selector is not null)}, " +
            $"MaxUnavailable:{Pointer("intstr.IntOrString", spec.MaxUnavailable is not null)}, " +
            $"UnhealthyPodEvictionPolicy:{Pointer("policy.UnhealthyPodEvictionPolicyType", spec.UnhealthyPodEvictionPolicy is not null)}}}");
    }
}
