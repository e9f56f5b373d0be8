using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Secret, in its words. Source: pkg/apis/core/validation/validation.go.</summary>
public static class SecretValidation
{
    /// <summary>The most that a Secret or ConfigMap may hold, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    internal const string Immutable = "field is immutable when `immutable` is set";
    private static readonly FieldPath Data = FieldPath.Of("data");

    public static IReadOnlyList<FieldError> Create(Secret secret)
    {
        var errors = new List<FieldError>();
        Check(errors, secret);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Secret secret, Secret old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, secret.Metadata, old.Metadata);
        ObjectMetaValidation.CheckImmutable(errors, secret.Type, old.Type, FieldPath.Of("type"));
        if (old.Immutable == true)
        {
            if (secret.Immutable != true) errors.Add(FieldErrors.Forbidden(FieldPath.Of("immutable"), Immutable));
            if (!SemanticEquality.Same(secret.Data, old.Data)) errors.Add(FieldErrors.Forbidden(Data, Immutable));
        }
        Check(errors, secret);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, Secret secret)
    {
        ObjectMetaValidation.CheckCreate(errors, secret.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        foreach (var (key, _) in LabelRules.InOrder(secret.Data)) errors.AddInvalid(Data.Key(key), key, NameRules.ConfigMapKey(key));
        if (secret.Data.Values.Sum(value => (long)value.Length) > MaxBytes) errors.Add(FieldErrors.TooLong(Data, MaxBytes));
        CheckType(errors, secret);
    }

    private static void CheckType(List<FieldError> errors, Secret secret)
    {
        switch (secret.Type)
        {
            case "kubernetes.io/service-account-token":
                const string account = "kubernetes.io/service-account.name";
                if (string.IsNullOrEmpty(secret.Metadata.Annotations.GetValueOrDefault(account)))
                    errors.Add(FieldErrors.Required(FieldPath.Metadata.Child("annotations").Key(account)));
                break;
            case "kubernetes.io/dockercfg":
                CheckJson(errors, secret, ".dockercfg");
                break;
            case "kubernetes.io/dockerconfigjson":
                CheckJson(errors, secret, ".dockerconfigjson");
                break;
            case "kubernetes.io/basic-auth":
                if (secret.Data.ContainsKey("username") || secret.Data.ContainsKey("password")) break;
                errors.Add(FieldErrors.Required(Data.Key("username")));
                errors.Add(FieldErrors.Required(Data.Key("password")));
                break;
            case "kubernetes.io/ssh-auth":
                if (secret.Data.GetValueOrDefault("ssh-privatekey") is null or { Length: 0 })
                    errors.Add(FieldErrors.Required(Data.Key("ssh-privatekey")));
                break;
            case "kubernetes.io/tls":
                if (!secret.Data.ContainsKey("tls.crt")) errors.Add(FieldErrors.Required(Data.Key("tls.crt")));
                if (!secret.Data.ContainsKey("tls.key")) errors.Add(FieldErrors.Required(Data.Key("tls.key")));
                break;
        }
    }

    private static void CheckJson(List<FieldError> errors, Secret secret, string key)
    {
        if (!secret.Data.TryGetValue(key, out var bytes))
        {
            errors.Add(FieldErrors.Required(Data.Key(key)));
            return;
        }
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
                errors.Add(FieldErrors.Invalid(Data.Key(key), "<secret contents redacted>",
                    "json: cannot unmarshal into Go value of type map[string]interface {}"));
        }
        catch (JsonException problem)
        {
            errors.Add(FieldErrors.Invalid(Data.Key(key), "<secret contents redacted>", problem.Message));
        }
    }
}
