namespace ClusterEmu.Api;

/// <summary>The template of a Deployment or ReplicaSet.</summary>
/// <remarks>Source: ValidatePodTemplateSpecForReplicaSet in pkg/apis/apps/validation/validation.go.</remarks>
internal static class PodTemplateRules
{
    /// <summary>The selector that owns the Pods: there, not empty, and of the template's labels.</summary>
    internal static void Check(List<FieldError> errors, LabelSelector? selector, PodTemplateSpec template, FieldPath path)
    {
        var selectorPath = path.Child("selector");
        if (selector is null) errors.Add(FieldErrors.Required(selectorPath));
        else
        {
            LabelRules.CheckSelector(errors, selector, selectorPath);
            if (selector.MatchLabels.Count + selector.MatchExpressions.Count == 0)
                errors.Add(FieldErrors.Invalid(selectorPath, selector, "empty selector is invalid for deployment"));
        }
        if (LabelRules.IsUsable(selector)) CheckTemplate(errors, selector, template, path.Child("template"));
        else errors.Add(FieldErrors.Invalid(selectorPath, selector, "invalid label selector"));
    }

    private static void CheckTemplate(List<FieldError> errors, LabelSelector? selector, PodTemplateSpec template, FieldPath path)
    {
        var selects = selector is null || selector.MatchLabels.Count + selector.MatchExpressions.Count > 0;
        if (selects && !LabelRules.Matches(selector, template.Metadata.Labels))
            errors.Add(FieldErrors.Invalid(path.Child("metadata").Child("labels"), template.Metadata.Labels,
                "`selector` does not match template `labels`"));
        LabelRules.CheckLabels(errors, template.Metadata.Labels, path.Child("labels"));
        LabelRules.CheckAnnotations(errors, template.Metadata.Annotations, path.Child("annotations"));
        PodSpecRules.Check(errors, template.Spec, isPod: false, path.Child("spec"));
        if (template.Spec.EphemeralContainers.Count > 0)
            errors.Add(FieldErrors.Forbidden(path.Child("spec").Child("ephemeralContainers"),
                "ephemeral containers not allowed in pod template"));
        if (template.Spec.RestartPolicy != "Always")
            errors.Add(FieldErrors.NotSupported(path.Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, "Always"));
        if (template.Spec.ActiveDeadlineSeconds is not null)
            errors.Add(FieldErrors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"),
                "activeDeadlineSeconds in ReplicaSet is not Supported"));
    }
}
