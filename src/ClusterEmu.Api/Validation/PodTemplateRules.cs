namespace ClusterEmu.Api;

/// <summary>The templates of Pods, and how they go with a selector.</summary>
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
        CheckItself(errors, template, path);
        CheckRunsOn(errors, template, path, "ReplicaSet");
    }

    /// <summary>What holds of every template. Source: ValidatePodTemplateSpec in pkg/apis/core/validation/validation.go.</summary>
    internal static void CheckItself(List<FieldError> errors, PodTemplateSpec template, FieldPath path)
    {
        LabelRules.CheckLabels(errors, template.Metadata.Labels, path.Child("labels"));
        LabelRules.CheckAnnotations(errors, template.Metadata.Annotations, path.Child("annotations"));
        PodSpecRules.Check(errors, template.Spec, isPod: false, path.Child("spec"));
        if (template.Spec.EphemeralContainers.Count > 0)
            errors.Add(FieldErrors.Forbidden(path.Child("spec").Child("ephemeralContainers"),
                "ephemeral containers not allowed in pod template"));
    }

    /// <summary>Pods that are always to run are started again whenever they end.</summary>
    /// <param name="errors">Where problems go.</param>
    /// <param name="template">The template.</param>
    /// <param name="path">Its place.</param>
    /// <param name="kind">The kind that has it, as the message names it.</param>
    internal static void CheckRunsOn(List<FieldError> errors, PodTemplateSpec template, FieldPath path, string kind)
    {
        if (template.Spec.RestartPolicy != "Always")
            errors.Add(FieldErrors.NotSupported(path.Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, "Always"));
        if (template.Spec.ActiveDeadlineSeconds is not null)
            errors.Add(FieldErrors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"),
                $"activeDeadlineSeconds in {kind} is not Supported"));
    }
}
