namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a PriorityClass, in its words. Source: pkg/apis/scheduling/validation and helpers.go.</summary>
public static class PriorityClassValidation
{
    /// <summary>The highest priority of a class that is not the system's own.</summary>
    public const int HighestOfUsers = 1_000_000_000;

    private const string SystemPrefix = "system-";

    public static IReadOnlyList<FieldError> Create(PriorityClass value)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        var name = value.Metadata.Name;
        if (name.StartsWith(SystemPrefix, StringComparison.Ordinal))
        {
            if (ProblemOfSystemClass(value) is { } problem)
            {
                errors.Add(FieldErrors.Forbidden(FieldPath.Metadata.Child("name"),
                    $"priority class names with '{SystemPrefix}' prefix are reserved for system use only. error: {problem}"));
            }
        }
        else if (value.Value > HighestOfUsers)
        {
            errors.Add(FieldErrors.Forbidden(FieldPath.Of("value"), $"maximum allowed value of a user defined priority is {HighestOfUsers}"));
        }
        var policy = FieldPath.Of("preemptionPolicy");
        if (value.PreemptionPolicy is "") errors.Add(FieldErrors.Required(policy));
        else if (value.PreemptionPolicy is not (null or "PreemptLowerPriority" or "Never"))
            errors.Add(FieldErrors.NotSupported(policy, value.PreemptionPolicy, "PreemptLowerPriority", "Never"));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(PriorityClass value, PriorityClass old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        if (value.Value != old.Value) errors.Add(FieldErrors.Forbidden(FieldPath.Of("value"), "may not be changed in an update."));
        ObjectMetaValidation.CheckImmutable(errors, value.PreemptionPolicy, old.PreemptionPolicy, FieldPath.Of("preemptionPolicy"));
        return FieldErrors.Distinct(errors);
    }

    private static string? ProblemOfSystemClass(PriorityClass value)
    {
        var name = value.Metadata.Name;
        if (SystemPriorityClasses.Find(name) is not { } known) return $"{name} is not a known system priority class";
        if (known.Value != value.Value) return $"value of {name} PriorityClass must be {known.Value}";
        return value.GlobalDefault ? $"globalDefault of {name} PriorityClass must be false" : null;
    }
}
