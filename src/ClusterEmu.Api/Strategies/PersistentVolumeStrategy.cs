namespace ClusterEmu.Api;

/// <summary>What happens to a PersistentVolume before its validation. Source: pkg/registry/core/persistentvolume/strategy.go.</summary>
public static class PersistentVolumeStrategy
{
    public static PersistentVolume PrepareForCreate(PersistentVolume volume) => volume with
    {
        Metadata = MetadataStrategy.ForCreate(volume.Metadata, 0),
        Status = new() { Phase = "Pending", LastPhaseTransitionTime = volume.Metadata.CreationTimestamp },
    };

    /// <param name="volume">The volume as the client wants it.</param>
    /// <param name="old">The volume as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static PersistentVolume PrepareForUpdate(PersistentVolume volume, PersistentVolume old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(volume.Metadata, old.Metadata);
        return status ? volume with { Metadata = meta, Spec = old.Spec } : volume with { Metadata = meta, Status = old.Status };
    }

    /// <summary>Notes when the phase changed, unless the client says it itself.</summary>
    /// <param name="volume">The volume, prepared for an update of its status.</param>
    /// <param name="old">The volume as stored.</param>
    /// <param name="now">The time of the update.</param>
    public static PersistentVolume Stamped(PersistentVolume volume, PersistentVolume old, DateTimeOffset now)
    {
        var (status, before) = (volume.Status, old.Status);
        if (status.LastPhaseTransitionTime is { } said && said != before.LastPhaseTransitionTime) return volume;
        var time = status.Phase == before.Phase ? before.LastPhaseTransitionTime : now;
        return volume with { Status = status with { LastPhaseTransitionTime = time } };
    }
}
