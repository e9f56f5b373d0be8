namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes refuses in a custom object, in its words.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/registry/customresource/validator.go and strategy.go.</remarks>
internal static class CustomValidation
{
    private const string NotAllChecked = "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";

    internal static IReadOnlyList<FieldError> Create(CustomKind kind, CustomObject value)
    {
        var errors = new List<FieldError>();
        if (!CheckType(errors, kind, value)) return errors;
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, kind.Namespaced, ObjectNameRules.Subdomain);
        CheckContent(errors, kind, value, null);
        return FieldErrors.Distinct(errors);
    }

    internal static IReadOnlyList<FieldError> Update(CustomKind kind, CustomObject value, CustomObject old)
    {
        if (value.Metadata.ResourceVersion.Length == 0)
            return [FieldErrors.Invalid(FieldPath.Metadata.Child("resourceVersion"), new GoLiteral("0x0"), "must be specified for an update")];
        var errors = new List<FieldError>();
        if (!CheckType(errors, kind, value)) return errors;
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        CheckContent(errors, kind, value, old);
        return FieldErrors.Distinct(errors);
    }

    private static bool CheckType(List<FieldError> errors, CustomKind kind, CustomObject value)
    {
        if (value.Kind != kind.Kind) errors.Add(FieldErrors.Invalid(FieldPath.Of("kind"), value.Kind, $"must be {kind.Kind}"));
        if (value.ApiVersion != kind.ApiVersion) errors.Add(FieldErrors.Invalid(FieldPath.Of("apiVersion"), value.ApiVersion, $"must be {kind.ApiVersion}"));
        return errors.Count == 0;
    }

    private static void CheckContent(List<FieldError> errors, CustomKind kind, CustomObject value, CustomObject? old)
    {
        var whole = value.ToJson();
        errors.AddRange(SchemaValidation.Check(kind.Schema, whole, "", old?.ToJson()));
        kind.Scale?.Check(errors, value.Content);
        ListUniqueness.CheckUnique(kind.Schema, whole, "", errors);
        if (!kind.Schema.HasValidations) return;
        if (errors.Exists(error => error.Reason is "FieldValueRequired" or "FieldValueTooLong" or "FieldValueTooMany" or "FieldValueTypeInvalid"))
            errors.Add(new FieldError("FieldValueInvalid", "<nil>", $"Invalid value: \"null\": {NotAllChecked}"));
        else
            CelValidation.Check(errors, kind.Schema, whole, old?.ToJson());
    }
}
