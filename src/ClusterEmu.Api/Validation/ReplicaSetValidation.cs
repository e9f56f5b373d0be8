namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a ReplicaSet, in its words.</summary>
/// <remarks>Source: pkg/apis/apps/validation/validation.go.</remarks>
public static class ReplicaSetValidation
{
    public static IReadOnlyList<FieldError> Create(ReplicaSet set)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, set.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckSpec(errors, set.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(ReplicaSet set, ReplicaSet old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, set.Metadata, old.Metadata);
        if (ReferenceEquals(set.Spec, old.Spec)) ReplicaCountRules.Check(errors, set.Status.Replicas, set.Status.FullyLabeledReplicas, set.Status.ReadyReplicas, set.Status.AvailableReplicas, set.Status.ObservedGeneration);
        else
        {
            CheckSpec(errors, set.Spec);
            WorkloadRules.CheckSelectorKept(errors, set.Spec.Selector, old.Spec.Selector);
        }
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, ReplicaSetSpec spec)
    {
        ObjectMetaValidation.CheckNonNegative(errors, spec.Replicas ?? 0, FieldPath.Spec.Child("replicas"));
        ObjectMetaValidation.CheckNonNegative(errors, spec.MinReadySeconds, FieldPath.Spec.Child("minReadySeconds"));
        PodTemplateRules.Check(errors, spec.Selector, spec.Template, FieldPath.Spec);
    }
}
