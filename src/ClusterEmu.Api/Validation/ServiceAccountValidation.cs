namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a ServiceAccount. Source: pkg/apis/core/validation/validation.go.</summary>
public static class ServiceAccountValidation
{
    public static IReadOnlyList<FieldError> Create(ServiceAccount account) =>
        ObjectMetaValidation.Create(account.Metadata, namespaced: true, ObjectNameRules.Subdomain);

    public static IReadOnlyList<FieldError> Update(ServiceAccount account, ServiceAccount old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, account.Metadata, old.Metadata);
        ObjectMetaValidation.CheckCreate(errors, account.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        return FieldErrors.Distinct(errors);
    }
}
