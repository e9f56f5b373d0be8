namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<CustomResourceDefinition> CustomResourceDefinition = new()
    {
        Group = "apiextensions.k8s.io",
        Version = "v1",
        Kind = "CustomResourceDefinition",
        Plural = "customresourcedefinitions",
        Singular = "customresourcedefinition",
        Namespaced = false,
        ShortNames = ["crd", "crds"],
        Categories = ["api-extensions"],
        Subresources = ["status"],
        Rules = RulesOf.CustomResourceDefinition,
    };

    internal static IReadOnlyList<KindInfo> Apiextensions => [CustomResourceDefinition];
}
