namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a ConfigMap, in its words. Source: pkg/apis/core/validation/validation.go.</summary>
public static class ConfigMapValidation
{
    private static readonly FieldPath Data = FieldPath.Of("data");
    private static readonly FieldPath BinaryData = FieldPath.Of("binaryData");

    public static IReadOnlyList<FieldError> Create(ConfigMap map)
    {
        var errors = new List<FieldError>();
        Check(errors, map);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(ConfigMap map, ConfigMap old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, map.Metadata, old.Metadata);
        if (old.Immutable == true)
        {
            if (map.Immutable != true) errors.Add(FieldErrors.Forbidden(FieldPath.Of("immutable"), SecretValidation.Immutable));
            if (!SemanticEquality.Same(map.Data, old.Data)) errors.Add(FieldErrors.Forbidden(Data, SecretValidation.Immutable));
            if (!SemanticEquality.Same(map.BinaryData, old.BinaryData))
                errors.Add(FieldErrors.Forbidden(BinaryData, SecretValidation.Immutable));
        }
        Check(errors, map);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, ConfigMap map)
    {
        ObjectMetaValidation.CheckCreate(errors, map.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        var size = 0L;
        foreach (var (key, value) in LabelRules.InOrder(map.Data))
        {
            errors.AddInvalid(Data.Key(key), key, NameRules.ConfigMapKey(key));
            if (map.BinaryData.ContainsKey(key))
                errors.Add(FieldErrors.Invalid(Data.Key(key), key, "duplicate of key present in binaryData"));
            size += LabelRules.Utf8Size(value);
        }
        foreach (var (key, value) in LabelRules.InOrder(map.BinaryData))
        {
            errors.AddInvalid(BinaryData.Key(key), key, NameRules.ConfigMapKey(key));
            size += value.Length;
        }
        if (size > SecretValidation.MaxBytes) errors.Add(FieldErrors.TooLong(FieldPath.Of(""), SecretValidation.MaxBytes));
    }
}
