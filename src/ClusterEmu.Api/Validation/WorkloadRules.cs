namespace ClusterEmu.Api;

/// <summary>What the workload kinds have in common.</summary>
internal static class WorkloadRules
{
    /// <summary>A selector that changed would leave Pods without owner.</summary>
    internal static void CheckSelectorKept(List<FieldError> errors, LabelSelector? selector, LabelSelector? old)
    {
        var same = selector is null || old is null ? selector == old : SemanticEquality.Same(selector, old);
        if (!same) errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("selector"), selector, "field is immutable"));
    }

    /// <summary>Parts are not more than the whole.</summary>
    internal static void CheckCounts(List<FieldError> errors, int replicas, string kindOfPart, int part, int ready, int available)
    {
        const string tooMany = "cannot be greater than status.replicas";
        if (part > replicas) errors.Add(FieldErrors.Invalid(FieldPath.Status.Child(kindOfPart), part, tooMany));
        if (ready > replicas) errors.Add(FieldErrors.Invalid(FieldPath.Status.Child("readyReplicas"), ready, tooMany));
        if (available > replicas) errors.Add(FieldErrors.Invalid(FieldPath.Status.Child("availableReplicas"), available, tooMany));
        if (available > ready)
            errors.Add(FieldErrors.Invalid(FieldPath.Status.Child("availableReplicas"), available, "cannot be greater than readyReplicas"));
    }

    /// <summary>A count of collisions never goes back: names would be used again.</summary>
    internal static void CheckCollisions(List<FieldError> errors, int? count, int? old)
    {
        if (old is { } before && (count ?? -1) < before)
            errors.Add(FieldErrors.Invalid(FieldPath.Status.Child("collisionCount"), count ?? 0, "cannot be decremented"));
    }
}
