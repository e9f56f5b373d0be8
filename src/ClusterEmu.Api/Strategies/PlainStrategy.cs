namespace ClusterEmu.Api;

/// <summary>What happens to objects without specification and status (ConfigMaps, Secrets, Events, …): only their metadata is seen to.</summary>
internal static class PlainStrategy
{
    internal static T PrepareForCreate<T>(T value) where T : class, IKubeObject => (T)value.WithMetadata(MetadataStrategy.ForCreate(value.Metadata, 0));

    internal static T PrepareForUpdate<T>(T value, T old, bool status) where T : class, IKubeObject =>
        (T)value.WithMetadata(MetadataStrategy.ForUpdate(value.Metadata, old.Metadata));

    /// <summary>For Leases: an update must name the version that it replaces.</summary>
    internal static T PrepareForConditionalUpdate<T>(T value, T old, bool status) where T : class, IKubeObject =>
        (T)value.WithMetadata(MetadataStrategy.ForUpdate(value.Metadata, old.Metadata, unconditional: false));
}
