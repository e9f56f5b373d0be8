namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Namespace, in its words. Source: pkg/apis/core/validation/validation.go.</summary>
public static class NamespaceValidation
{
    public static IReadOnlyList<FieldError> Create(Namespace value)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.Label);
        CheckFinalizers(errors, value.Spec, index: false);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Namespace value, Namespace old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        if (!ReferenceEquals(value.Spec, old.Spec)) CheckFinalizers(errors, value.Spec, index: true);
        if (!ReferenceEquals(value.Status, old.Status)) CheckPhase(errors, value);
        return FieldErrors.Distinct(errors);
    }

    private static void CheckFinalizers(List<FieldError> errors, NamespaceSpec spec, bool index)
    {
        for (var i = 0; i < spec.Finalizers.Count; i++)
        {
            var path = index ? FieldPath.Spec.Child("finalizers").Index(i) : FieldPath.Spec.Child("finalizers");
            ObjectMetaValidation.CheckFinalizerName(errors, spec.Finalizers[i], path);
            if (!spec.Finalizers[i].Contains('/', StringComparison.Ordinal)
                && spec.Finalizers[i] is not ("kubernetes" or "foregroundDeletion" or "orphan"))
                errors.Add(FieldErrors.Invalid(path, spec.Finalizers[i],
                    "name is neither a standard finalizer name nor is it fully qualified"));
        }
    }

    private static void CheckPhase(List<FieldError> errors, Namespace value)
    {
        var path = FieldPath.Status.Child("Phase");
        if (value.Metadata.DeletionTimestamp is null)
        {
            if (value.Status.Phase != "Active")
                errors.Add(FieldErrors.Invalid(path, value.Status.Phase, "may only be 'Active' if `deletionTimestamp` is empty"));
        }
        else if (value.Status.Phase != "Terminating")
            errors.Add(FieldErrors.Invalid(path, value.Status.Phase, "may only be 'Terminating' if `deletionTimestamp` is not empty"));
    }
}
