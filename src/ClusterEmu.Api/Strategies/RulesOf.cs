namespace ClusterEmu.Api;

/// <summary>The rules of each kind, for <see cref="Kinds"/>.</summary>
internal static class RulesOf
{
    internal static KindRules<Service> Service => new()
    {
        WithDefaults = ServiceDefaults.Apply,
        PrepareForCreate = ServiceStrategy.PrepareForCreate,
        PrepareForUpdate = ServiceStrategy.PrepareForUpdate,
        ValidateCreate = ServiceValidation.Create,
        ValidateUpdate = ServiceValidation.Update,
    };
}
