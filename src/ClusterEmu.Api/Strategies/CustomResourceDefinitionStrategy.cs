namespace ClusterEmu.Api;

/// <summary>What happens to definitions before their validation.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/registry/customresourcedefinition/strategy.go.</remarks>
internal static class CustomResourceDefinitionStrategy
{
    internal static CustomResourceDefinition PrepareForCreate(CustomResourceDefinition definition) => definition with
    {
        Metadata = MetadataStrategy.ForCreate(definition.Metadata, 1),
        Status = WithStorageVersion(CustomResourceDefinitionStatus.Empty, definition.Spec),
    };

    internal static CustomResourceDefinition PrepareForUpdate(CustomResourceDefinition definition, CustomResourceDefinition old, bool status)
    {
        if (status)
        {
            // The status is the server's business; of the metadata nothing but what every object may change there.
            return definition with { Metadata = MetadataStrategy.ForUpdate(definition.Metadata, old.Metadata, unconditional: false), Spec = old.Spec };
        }
        var changed = !SemanticEquality.Same(definition.Spec, old.Spec);
        return definition with
        {
            Metadata = MetadataStrategy.ForUpdate(definition.Metadata, old.Metadata, changed, unconditional: false),
            Status = WithStorageVersion(old.Status, definition.Spec),
        };
    }

    /// <summary>A version that becomes the stored one is noted from then on: objects may lie in the store in it.</summary>
    private static CustomResourceDefinitionStatus WithStorageVersion(CustomResourceDefinitionStatus status, CustomResourceDefinitionSpec spec) =>
        spec.Versions.FirstOrDefault(version => version.Storage)?.Name is { Length: > 0 } stored && !status.StoredVersions.Contains(stored)
            ? status with { StoredVersions = [.. status.StoredVersions, stored] }
            : status;
}
