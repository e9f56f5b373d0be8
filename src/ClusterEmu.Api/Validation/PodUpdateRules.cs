namespace ClusterEmu.Api;

/// <summary>What may change in a Pod's specification once it exists.</summary>
/// <remarks>Source: ValidatePodUpdate in pkg/apis/core/validation/validation.go.</remarks>
internal static class PodUpdateRules
{
    private const string Refusal =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`," +
        "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    internal static void Check(List<FieldError> errors, PodSpec spec, PodSpec old)
    {
        if (!CheckImages(errors, spec.Containers, old.Containers, FieldPath.Spec.Child("containers"))
            || !CheckImages(errors, spec.InitContainers, old.InitContainers, FieldPath.Spec.Child("initContainers"))
            || !CheckDeadline(errors, spec.ActiveDeadlineSeconds, old.ActiveDeadlineSeconds)) return;
        TaintRules.CheckOnlyAdded(errors, spec.Tolerations, old.Tolerations, FieldPath.Spec.Child("tolerations"));
        CheckGates(errors, spec.SchedulingGates, old.SchedulingGates, FieldPath.Spec.Child("schedulingGates"));
        if (old.SchedulingGates.Count > 0) CheckSelectorOfGated(errors, spec.NodeSelector, old.NodeSelector);

        var unchangeable = WithChangeable(spec, old);
        if (!SemanticEquality.Same(unchangeable, old))
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec,
                $"{Refusal}\n{ChangedFields.Of("spec", old, unchangeable)}"));
    }

    /// <summary>The new specification with everything that may change as it was.</summary>
    private static PodSpec WithChangeable(PodSpec spec, PodSpec old) => spec with
    {
        Containers = WithImages(spec.Containers, old.Containers),
        InitContainers = WithImages(spec.InitContainers, old.InitContainers),
        ActiveDeadlineSeconds = old.ActiveDeadlineSeconds,
        SchedulingGates = old.SchedulingGates,
        Tolerations = old.Tolerations,
        NodeSelector = old.SchedulingGates.Count > 0 ? old.NodeSelector : spec.NodeSelector,
        TerminationGracePeriodSeconds = old.TerminationGracePeriodSeconds < 0 && spec.TerminationGracePeriodSeconds == 1
            ? old.TerminationGracePeriodSeconds
            : spec.TerminationGracePeriodSeconds,
    };

    private static IReadOnlyList<Container> WithImages(IReadOnlyList<Container> containers, IReadOnlyList<Container> old) =>
        containers.Select((container, i) => container with { Image = old[i].Image }).ToList();

    private static bool CheckImages(
        List<FieldError> errors, IReadOnlyList<Container> containers, IReadOnlyList<Container> old, FieldPath path)
    {
        if (containers.Count != old.Count)
        {
            errors.Add(FieldErrors.Forbidden(path, "pod updates may not add or remove containers"));
            return false;
        }
        for (var i = 0; i < containers.Count; i++)
            if (containers[i].Image.Length == 0) errors.Add(FieldErrors.Required(path.Index(i).Child("image")));
        return true;
    }

    /// <summary>A deadline may be set, and then only shortened.</summary>
    private static bool CheckDeadline(List<FieldError> errors, long? deadline, long? old)
    {
        var path = FieldPath.Spec.Child("activeDeadlineSeconds");
        if (deadline is not { } seconds)
        {
            if (old is not null) errors.Add(FieldErrors.Invalid(path, null, "must not update from a positive integer to nil value"));
            return true;
        }
        var before = errors.Count;
        errors.AddInvalid(path, seconds, NameRules.InRange(seconds, 0, int.MaxValue));
        if (errors.Count == before && old < seconds)
            errors.Add(FieldErrors.Invalid(path, seconds, "must be less than or equal to previous value"));
        return errors.Count == before;
    }

    private static void CheckGates(
        List<FieldError> errors, IReadOnlyList<PodSchedulingGate> gates, IReadOnlyList<PodSchedulingGate> old, FieldPath path)
    {
        for (var i = 0; i < gates.Count; i++)
            if (!old.Contains(gates[i]))
                errors.Add(FieldErrors.Forbidden(path.Index(i).Child("name"),
                    $"only deletion is allowed, but found new scheduling gate '{gates[i].Name}'"));
    }

    private static void CheckSelectorOfGated(
        List<FieldError> errors, IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> old)
    {
        if (!old.All(entry => selector.TryGetValue(entry.Key, out var value) && value == entry.Value))
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("nodeSelector"), selector,
                "only additions to spec.nodeSelector are allowed (no mutations or deletions)"));
    }
}
