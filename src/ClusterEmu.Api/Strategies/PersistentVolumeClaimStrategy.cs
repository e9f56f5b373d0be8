namespace ClusterEmu.Api;

/// <summary>What happens to a claim before its validation. Source: pkg/registry/core/persistentvolumeclaim/strategy.go and pkg/api/persistentvolumeclaim/util.go.</summary>
public static class PersistentVolumeClaimStrategy
{
    public static PersistentVolumeClaim PrepareForCreate(PersistentVolumeClaim claim) => claim with
    {
        Metadata = MetadataStrategy.ForCreate(claim.Metadata, 0),
        Spec = WithSources(claim.Spec.DataSource is null || IsOldSource(claim.Spec.DataSource) ? claim.Spec : claim.Spec with { DataSource = null }),
        Status = new() { Phase = "Pending" },
    };

    /// <param name="claim">The claim as the client wants it.</param>
    /// <param name="old">The claim as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static PersistentVolumeClaim PrepareForUpdate(PersistentVolumeClaim claim, PersistentVolumeClaim old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(claim.Metadata, old.Metadata);
        return status
            ? claim with { Metadata = meta, Spec = old.Spec }
            : claim with { Metadata = meta, Spec = WithSources(claim.Spec), Status = old.Status };
    }

    /// <summary>Clients of before KEP-1495 know <c>dataSource</c> only, with claims and snapshots in it.</summary>
    private static bool IsOldSource(TypedLocalObjectReference source) =>
        source is { Kind: "PersistentVolumeClaim", ApiGroup: null or "" } or { Kind: "VolumeSnapshot", ApiGroup: "snapshot.storage.k8s.io" };

    /// <summary>Each of the two fields follows the other, except where only the newer one can say it.</summary>
    private static PersistentVolumeClaimSpec WithSources(PersistentVolumeClaimSpec spec) => spec switch
    {
        { DataSource: { } source, DataSourceRef: null } =>
            spec with { DataSourceRef = new() { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name } },
        { DataSource: null, DataSourceRef: { Namespace: null or "" } source } =>
            spec with { DataSource = new() { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name } },
        _ => spec,
    };
}
