namespace ClusterEmu.Api;

internal static partial class RulesOf
{
    internal static KindRules<CustomResourceDefinition> CustomResourceDefinition => new()
    {
        WithDefaults = CustomResourceDefinitionDefaults.Apply,
        PrepareForCreate = CustomResourceDefinitionStrategy.PrepareForCreate,
        PrepareForUpdate = CustomResourceDefinitionStrategy.PrepareForUpdate,
        ValidateCreate = CustomResourceDefinitionValidation.Create,
        ValidateUpdate = CustomResourceDefinitionValidation.Update,
    };
}
