namespace ClusterEmu.Api;

/// <summary>A Job's rules on failures and success.</summary>
/// <remarks>Source: validatePodFailurePolicy and validateSuccessPolicy in pkg/apis/batch/validation/validation.go.</remarks>
internal static class JobPolicyRules
{
    private const int MostRules = 20;
    private const int MostCodes = 255;
    private const int LongestIndexes = 64 * 1024;

    internal static void CheckFailure(List<FieldError> errors, JobSpec spec, PodFailurePolicy policy, FieldPath path)
    {
        var rulesPath = path.Child("rules");
        if (policy.Rules.Count > MostRules) errors.Add(FieldErrors.TooMany(rulesPath, policy.Rules.Count, MostRules));
        var pod = spec.Template.Spec;
        var containers = pod.InitContainers.Concat(pod.Containers).Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            var (rule, place) = (policy.Rules[i], rulesPath.Index(i));
            CheckAction(errors, spec, rule.Action, place.Child("action"));
            if (rule.OnExitCodes is { } codes) CheckCodes(errors, codes, containers, place.Child("onExitCodes"));
            CheckConditions(errors, rule.OnPodConditions, place.Child("onPodConditions"));
            if (rule is { OnExitCodes: not null, OnPodConditions.Count: > 0 })
                errors.Add(Invalid(place, "specifying both OnExitCodes and OnPodConditions is not supported"));
            if (rule is { OnExitCodes: null, OnPodConditions.Count: 0 })
                errors.Add(Invalid(place, "specifying one of OnExitCodes and OnPodConditions is required"));
        }
    }

    internal static void CheckSuccess(List<FieldError> errors, JobSpec spec, SuccessPolicy policy, FieldPath path)
    {
        if (spec.CompletionMode != "Indexed")
        {
            errors.Add(FieldErrors.Invalid(path, new GoLiteral("batch.SuccessPolicy{…}"), "requires indexed completion mode"));
            return;
        }
        var rulesPath = path.Child("rules");
        if (policy.Rules.Count == 0) errors.Add(FieldErrors.Required(rulesPath, "at least one rules must be specified when the successPolicy is specified"));
        if (policy.Rules.Count > MostRules) errors.Add(FieldErrors.TooMany(rulesPath, policy.Rules.Count, MostRules));
        for (var i = 0; i < policy.Rules.Count; i++) CheckSuccessRule(errors, policy.Rules[i], spec.Completions ?? 0, rulesPath.Index(i));
    }

    private static void CheckAction(List<FieldError> errors, JobSpec spec, string action, FieldPath path)
    {
        if (action.Length == 0) errors.Add(FieldErrors.Required(path, "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]"));
        else if (action == "FailIndex")
        {
            if (spec.BackoffLimitPerIndex is null) errors.Add(FieldErrors.Invalid(path, action, "requires the backoffLimitPerIndex to be set"));
        }
        else if (action is not ("Count" or "FailJob" or "Ignore")) errors.Add(FieldErrors.NotSupported(path, action, "Count", "FailIndex", "FailJob", "Ignore"));
    }

    private static void CheckCodes(List<FieldError> errors, PodFailurePolicyOnExitCodesRequirement codes, HashSet<string> containers, FieldPath path)
    {
        if (codes.Operator.Length == 0) errors.Add(FieldErrors.Required(path.Child("operator"), "valid values: [\"In\" \"NotIn\"]"));
        else if (codes.Operator is not ("In" or "NotIn")) errors.Add(FieldErrors.NotSupported(path.Child("operator"), codes.Operator, "In", "NotIn"));
        if (codes.ContainerName is { } name && !containers.Contains(name))
            errors.Add(FieldErrors.Invalid(path.Child("containerName"), name, "must be one of the container or initContainer names in the pod template"));
        var (values, valuesPath) = (codes.Values, path.Child("values"));
        if (values.Count == 0) errors.Add(FieldErrors.Invalid(valuesPath, new GoLiteral("[]int32{}"), "at least one value is required"));
        else if (values.Count > MostCodes) errors.Add(FieldErrors.TooMany(valuesPath, values.Count, MostCodes));
        var seen = new HashSet<int>();
        for (var i = 0; i < values.Count; i++)
        {
            if (codes.Operator == "In" && values[i] == 0) errors.Add(FieldErrors.Invalid(valuesPath.Index(i), 0, "must not be 0 for the In operator"));
            if (!seen.Add(values[i])) errors.Add(FieldErrors.Duplicate(valuesPath.Index(i), values[i]));
        }
        if (Enumerable.Range(1, Math.Max(values.Count - 1, 0)).Any(i => values[i - 1] > values[i]))
            errors.Add(FieldErrors.Invalid(valuesPath, new GoLiteral($"[]int32{{{string.Join(", ", values)}}}"), "must be ordered"));
    }

    private static void CheckConditions(List<FieldError> errors, IReadOnlyList<PodFailurePolicyOnPodConditionsPattern> patterns, FieldPath path)
    {
        if (patterns.Count > MostRules) errors.Add(FieldErrors.TooMany(path, patterns.Count, MostRules));
        for (var i = 0; i < patterns.Count; i++)
        {
            errors.AddInvalid(path.Index(i).Child("type"), patterns[i].Type, NameRules.QualifiedName(patterns[i].Type));
            var status = patterns[i].Status;
            if (status.Length == 0) errors.Add(FieldErrors.Required(path.Index(i).Child("status"), "valid values: [\"False\" \"True\" \"Unknown\"]"));
            else if (status is not ("False" or "True" or "Unknown"))
                errors.Add(FieldErrors.NotSupported(path.Index(i).Child("status"), status, "False", "True", "Unknown"));
        }
    }

    private static void CheckSuccessRule(List<FieldError> errors, SuccessPolicyRule rule, int completions, FieldPath path)
    {
        if (rule is { SucceededCount: null, SucceededIndexes: null })
            errors.Add(FieldErrors.Required(path, "at least one of succeededCount or succeededIndexes must be specified"));
        var indexes = 0;
        if (rule.SucceededIndexes is { } text)
        {
            if (text.Length > LongestIndexes) errors.Add(FieldErrors.TooLong(path.Child("succeededIndexes"), LongestIndexes));
            if (JobIndexes.Count(text, completions, out indexes) is { } problem)
                errors.Add(FieldErrors.Invalid(path.Child("succeededIndexes"), text, $"error parsing succeededIndexes: {problem}"));
        }
        if (rule.SucceededCount is not { } count) return;
        var countPath = path.Child("succeededCount");
        ObjectMetaValidation.CheckNonNegative(errors, count, countPath);
        if (count > completions)
            errors.Add(FieldErrors.Invalid(countPath, count, $"must be less than or equal to {completions} (the number of specified completions)"));
        if (rule.SucceededIndexes is not null && count > indexes)
            errors.Add(FieldErrors.Invalid(countPath, count,
                $"must be less than or equal to {indexes} (the number of indexes in the specified succeededIndexes field)"));
    }

    /// <summary>Where Kubernetes shows no value.</summary>
    private static FieldError Invalid(FieldPath path, string detail) => new("FieldValueInvalid", path.ToString(), $"Invalid value: {detail}");
}
