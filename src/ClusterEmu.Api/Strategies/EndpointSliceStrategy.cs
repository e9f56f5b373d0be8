namespace ClusterEmu.Api;

/// <summary>What happens to an EndpointSlice before its validation. Source: pkg/registry/discovery/endpointslice/strategy.go.</summary>
public static class EndpointSliceStrategy
{
    /// <summary>Through v1 nobody writes <c>deprecatedTopology</c>.</summary>
    public static EndpointSlice PrepareForCreate(EndpointSlice slice) => PrepareForV1Beta1Create(WithoutTopology(slice, null));

    /// <summary>Changed endpoints, ports or labels make a new generation. There is no status; the flag changes nothing.</summary>
    public static EndpointSlice PrepareForUpdate(EndpointSlice slice, EndpointSlice old, bool status) =>
        PrepareForV1Beta1Update(WithoutTopology(slice, old), old, status);

    /// <summary>For requests of v1beta1, which may say where endpoints are by any label.</summary>
    public static EndpointSlice PrepareForV1Beta1Create(EndpointSlice slice) => slice with { Metadata = MetadataStrategy.ForCreate(slice.Metadata, 1) };

    /// <inheritdoc cref="PrepareForV1Beta1Create"/>
    public static EndpointSlice PrepareForV1Beta1Update(EndpointSlice slice, EndpointSlice old, bool status)
    {
        var changed = !SemanticEquality.Same(slice with { Metadata = ObjectMeta.Empty }, old with { Metadata = ObjectMeta.Empty })
            || !SemanticEquality.Same(slice.Metadata.Labels, old.Metadata.Labels);
        return slice with { Metadata = MetadataStrategy.ForUpdate(slice.Metadata, old.Metadata, changed) };
    }

    /// <summary>Endpoints that changed lose it; a node that it named before becomes the nodeName, so that a partial update keeps it.</summary>
    private static EndpointSlice WithoutTopology(EndpointSlice slice, EndpointSlice? old)
    {
        if (slice.Endpoints.All(endpoint => endpoint.DeprecatedTopology.Count == 0)) return slice;
        if (old is not null && SemanticEquality.Same(slice with { Metadata = ObjectMeta.Empty }, old with { Metadata = ObjectMeta.Empty })) return slice;
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in old?.Endpoints ?? [])
        {
            if (endpoint.DeprecatedTopology.TryGetValue(EndpointSliceConversion.HostLabel, out var node)) known.Add(node);
        }
        return slice with
        {
            Endpoints = slice.Endpoints.SelectChanged(endpoint =>
            {
                if (endpoint.DeprecatedTopology.Count == 0) return endpoint;
                var keeps = endpoint.NodeName is null && endpoint.DeprecatedTopology.TryGetValue(EndpointSliceConversion.HostLabel, out var node)
                    && known.Contains(node) && NameRules.Dns1123Subdomain(node).Count == 0 ? node : endpoint.NodeName;
                return endpoint with { DeprecatedTopology = EmptyMap.Strings, NodeName = keeps };
            }),
        };
    }
}
