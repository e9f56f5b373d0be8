namespace ClusterEmu.Api;

/// <summary>What the scale subresource accepts. Source: ValidateScale in pkg/apis/autoscaling/validation/validation.go.</summary>
public static class ScaleValidation
{
    public static IReadOnlyList<FieldError> Create(Scale scale)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, scale.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        ObjectMetaValidation.CheckNonNegative(errors, scale.Spec.Replicas, FieldPath.Spec.Child("replicas"));
        return errors;
    }

    public static IReadOnlyList<FieldError> Update(Scale scale, Scale old) => Create(scale);
}
