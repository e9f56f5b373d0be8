namespace ClusterEmu.Api;

/// <summary>What happens to an EndpointSlice before its validation. Source: pkg/registry/discovery/endpointslice/strategy.go.</summary>
public static class EndpointSliceStrategy
{
    public static EndpointSlice PrepareForCreate(EndpointSlice slice) => slice with { Metadata = MetadataStrategy.ForCreate(slice.Metadata, 1) };

    /// <summary>Changed endpoints, ports or labels make a new generation. There is no status; the flag changes nothing.</summary>
    public static EndpointSlice PrepareForUpdate(EndpointSlice slice, EndpointSlice old, bool status)
    {
        var changed = !SemanticEquality.Same(slice with { Metadata = ObjectMeta.Empty }, old with { Metadata = ObjectMeta.Empty })
            || !SemanticEquality.Same(slice.Metadata.Labels, old.Metadata.Labels);
        return slice with { Metadata = MetadataStrategy.ForUpdate(slice.Metadata, old.Metadata, changed) };
    }
}
