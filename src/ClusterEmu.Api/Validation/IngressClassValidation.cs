namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in an IngressClass, in its words. Source: pkg/apis/networking/validation.</summary>
public static class IngressClassValidation
{
    private const int MaxController = 250;

    public static IReadOnlyList<FieldError> Create(IngressClass value)
    {
        var errors = new List<FieldError>();
        Check(errors, value);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(IngressClass value, IngressClass old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        ObjectMetaValidation.CheckImmutable(errors, value.Spec.Controller, old.Spec.Controller, FieldPath.Spec.Child("controller"));
        Check(errors, value);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, IngressClass value)
    {
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        var (controller, path) = (value.Spec.Controller, FieldPath.Spec.Child("controller"));
        if (controller.Length == 0) errors.Add(FieldErrors.Required(path));
        else
        {
            if (controller.Length > MaxController) errors.Add(FieldErrors.TooLong(path, MaxController));
            NameRules.CheckDomainPrefixedPath(errors, controller, path);
        }
        if (value.Spec.Parameters is { } parameters) Check(errors, parameters, FieldPath.Spec.Child("parameters"));
    }

    private static void Check(List<FieldError> errors, IngressClassParametersReference reference, FieldPath path)
    {
        if (reference.APIGroup is { } group) errors.AddInvalid(path.Child("apiGroup"), group, NameRules.Dns1123Subdomain(group));
        IngressBackendRules.CheckSegment(errors, reference.Kind, path.Child("kind"));
        IngressBackendRules.CheckSegment(errors, reference.Name, path.Child("name"));
        var ns = path.Child("namespace");
        switch (reference.Scope)
        {
            case null:
                errors.Add(FieldErrors.Required(path.Child("scope")));
                break;
            case "Namespace" when reference.Namespace is null:
                errors.Add(FieldErrors.Required(ns, "`parameters.scope` is set to 'Namespace'"));
                break;
            case "Namespace":
                errors.AddInvalid(ns, reference.Namespace, NameRules.Dns1123Label(reference.Namespace));
                break;
            case "Cluster":
                if (reference.Namespace is not null) errors.Add(FieldErrors.Forbidden(ns, "`parameters.scope` is set to 'Cluster'"));
                break;
            default:
                errors.Add(FieldErrors.NotSupported(path.Child("scope"), reference.Scope, "Cluster", "Namespace"));
                break;
        }
    }
}
