namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Lease, in its words.</summary>
/// <remarks>Source: pkg/apis/coordination/validation/validation.go.</remarks>
public static class LeaseValidation
{
    private const string Strategy = "OldestEmulationVersion";

    public static IReadOnlyList<FieldError> Create(Lease lease)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, lease.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        Check(errors, lease.Spec);
        return FieldErrors.Distinct(errors);
    }

    /// <summary>A Lease is never overwritten blindly: its update must name the version that it replaces.</summary>
    public static IReadOnlyList<FieldError> Update(Lease lease, Lease old)
    {
        if (lease.Metadata.ResourceVersion.Length == 0)
            return [FieldErrors.Invalid(FieldPath.Metadata.Child("resourceVersion"), new GoLiteral("0x0"), "must be specified for an update")];
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, lease.Metadata, old.Metadata);
        Check(errors, lease.Spec);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, LeaseSpec spec)
    {
        if (spec.LeaseDurationSeconds is <= 0 and var duration)
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("leaseDurationSeconds"), duration, "must be greater than 0"));
        if (spec.LeaseTransitions is < 0 and var transitions)
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("leaseTransitions"), transitions, "must be greater than or equal to 0"));
        if (spec.Strategy is { } strategy)
        {
            var path = FieldPath.Spec.Child("strategy").Child("strategy"); // Kubernetes names it twice.
            if (strategy.Contains('/', StringComparison.Ordinal)) errors.AddInvalid(path, strategy, NameRules.QualifiedName(strategy));
            else if (strategy != Strategy) errors.Add(FieldErrors.NotSupported(path, strategy, Strategy));
        }
        if (!string.IsNullOrEmpty(spec.PreferredHolder) && string.IsNullOrEmpty(spec.Strategy))
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("preferredHolder"), "may only be specified if `strategy` is defined"));
    }
}
