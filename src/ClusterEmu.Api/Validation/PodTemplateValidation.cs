namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a PodTemplate, in its words. Source: ValidatePodTemplate in pkg/apis/core/validation/validation.go.</summary>
public static class PodTemplateValidation
{
    private static readonly FieldPath Template = FieldPath.Of("template");

    public static IReadOnlyList<FieldError> Create(PodTemplate template)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, template.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        PodTemplateRules.CheckItself(errors, template.Template, Template);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(PodTemplate template, PodTemplate old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, template.Metadata, old.Metadata);
        PodTemplateRules.CheckItself(errors, template.Template, Template);
        return FieldErrors.Distinct(errors);
    }
}
