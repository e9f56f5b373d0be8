namespace ClusterEmu.Api;

/// <summary>What happens to a ResourceQuota before its validation. Source: pkg/registry/core/resourcequota/strategy.go.</summary>
public static class ResourceQuotaStrategy
{
    public static ResourceQuota PrepareForCreate(ResourceQuota quota) =>
        quota with { Metadata = MetadataStrategy.ForCreate(quota.Metadata, 0), Status = ResourceQuotaStatus.Empty };

    /// <param name="quota">The quota as the client wants it.</param>
    /// <param name="old">The quota as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static ResourceQuota PrepareForUpdate(ResourceQuota quota, ResourceQuota old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(quota.Metadata, old.Metadata);
        return status ? quota with { Metadata = meta, Spec = old.Spec } : quota with { Metadata = meta, Status = old.Status };
    }
}
