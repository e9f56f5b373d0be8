namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a ReplicationController, in its words.</summary>
/// <remarks>Source: ValidateReplicationController in pkg/apis/core/validation/validation.go.</remarks>
public static class ReplicationControllerValidation
{
    public static IReadOnlyList<FieldError> Create(ReplicationController controller)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, controller.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckSpec(errors, controller.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(ReplicationController controller, ReplicationController old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, controller.Metadata, old.Metadata);
        var status = controller.Status;
        if (ReferenceEquals(controller.Spec, old.Spec))
            ReplicaCountRules.Check(errors, status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, status.ObservedGeneration);
        else CheckSpec(errors, controller.Spec);
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, ReplicationControllerSpec spec)
    {
        var path = FieldPath.Spec;
        ObjectMetaValidation.CheckNonNegative(errors, spec.MinReadySeconds, path.Child("minReadySeconds"));
        if (spec.Selector.Count == 0) errors.Add(FieldErrors.Required(path.Child("selector")));
        ObjectMetaValidation.CheckNonNegative(errors, spec.Replicas ?? 0, path.Child("replicas"));
        var templatePath = path.Child("template");
        if (spec.Template is not { } template)
        {
            errors.Add(FieldErrors.Required(templatePath));
            return;
        }
        var labels = template.Metadata.Labels;
        if (!spec.Selector.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value))
            errors.Add(FieldErrors.Invalid(templatePath.Child("metadata").Child("labels"), labels, "`selector` does not match template `labels`"));
        PodTemplateRules.CheckItself(errors, template, templatePath);
        PodTemplateRules.CheckRunsOn(errors, template, templatePath, "ReplicationController");
    }
}
