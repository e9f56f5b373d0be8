namespace ClusterEmu.Api;

/// <summary>Conditions of the form that all newer kinds share. Source: ValidateConditions in k8s.io/apimachinery meta/v1/validation.</summary>
internal static class ConditionRules
{
    private const int MaxReason = 1024;
    private const int MaxMessage = 32 * 1024;

    internal static void Check(List<FieldError> errors, IReadOnlyList<Condition> conditions, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            if (!seen.Add(conditions[i].Type)) errors.Add(FieldErrors.Duplicate(path.Index(i).Child("type"), conditions[i].Type));
            Check(errors, conditions[i], path.Index(i));
        }
    }

    private static void Check(List<FieldError> errors, Condition condition, FieldPath path)
    {
        LabelRules.CheckLabelName(errors, condition.Type, path.Child("type"));
        if (condition.Status is not ("True" or "False" or "Unknown"))
            errors.Add(FieldErrors.NotSupported(path.Child("status"), condition.Status, "False", "True", "Unknown"));
        if (condition.ObservedGeneration < 0)
            errors.Add(FieldErrors.Invalid(path.Child("observedGeneration"), condition.ObservedGeneration, "must be greater than or equal to zero"));
        if (condition.LastTransitionTime is null) errors.Add(FieldErrors.Required(path.Child("lastTransitionTime"), "must be set"));
        if (condition.Reason.Length == 0) errors.Add(FieldErrors.Required(path.Child("reason"), "must be set"));
        else
        {
            errors.AddInvalid(path.Child("reason"), condition.Reason, NameRules.ConditionReason(condition.Reason));
            if (condition.Reason.Length > MaxReason) errors.Add(FieldErrors.TooLong(path.Child("reason"), MaxReason));
        }
        if (condition.Message.Length > MaxMessage) errors.Add(FieldErrors.TooLong(path.Child("message"), MaxMessage));
    }
}
