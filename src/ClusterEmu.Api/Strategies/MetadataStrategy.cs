namespace ClusterEmu.Api;

/// <summary>What happens to the metadata of every kind before validation.</summary>
/// <remarks>Source: k8s.io/apiserver registry/rest create.go and update.go.</remarks>
internal static class MetadataStrategy
{
    /// <summary>Nobody creates an object that is being deleted.</summary>
    internal static ObjectMeta ForCreate(ObjectMeta meta, long generation) => meta with
    {
        Generation = generation,
        DeletionTimestamp = null,
        DeletionGracePeriodSeconds = null,
    };

    /// <summary>The system's own fields are kept; what the client says of them counts for nothing or, for the UID, must be right.</summary>
    /// <param name="meta">The metadata as the client wants it.</param>
    /// <param name="old">The metadata as stored.</param>
    /// <param name="changed">True if this change makes a new generation.</param>
    /// <param name="unconditional">Whether an update without resourceVersion overwrites whatever there is.</param>
    internal static ObjectMeta ForUpdate(ObjectMeta meta, ObjectMeta old, bool changed = false, bool unconditional = true) => meta with
    {
        Generation = changed ? old.Generation + 1 : old.Generation,
        Uid = meta.Uid.Length == 0 ? old.Uid : meta.Uid,
        ResourceVersion = unconditional && meta.ResourceVersion.Length == 0 ? old.ResourceVersion : meta.ResourceVersion,
        CreationTimestamp = old.CreationTimestamp ?? meta.CreationTimestamp,
        DeletionTimestamp = old.DeletionTimestamp ?? meta.DeletionTimestamp,
        DeletionGracePeriodSeconds = meta.DeletionGracePeriodSeconds ?? old.DeletionGracePeriodSeconds,
    };
}
