namespace ClusterEmu.Api;

/// <summary>EndpointSlices of v1beta1 and those of v1: one has a map of labels where the other has node and zone.</summary>
/// <remarks>Source: pkg/apis/discovery/v1beta1/conversion.go.</remarks>
public static class EndpointSliceConversion
{
    internal const string HostLabel = "kubernetes.io/hostname";
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    public static EndpointSlice ToStorage(EndpointSliceV1Beta1 slice) => new()
    {
        Metadata = slice.Metadata,
        AddressType = slice.AddressType,
        Endpoints = [.. slice.Endpoints.Select(ToStorage)],
        Ports = slice.Ports,
    };

    public static EndpointSliceV1Beta1 FromStorage(EndpointSlice slice) => new()
    {
        Metadata = slice.Metadata,
        AddressType = slice.AddressType,
        Endpoints = [.. slice.Endpoints.Select(FromStorage)],
        Ports = slice.Ports,
    };

    private static Endpoint ToStorage(EndpointV1Beta1 endpoint)
    {
        var topology = new Dictionary<string, string>(endpoint.Topology, StringComparer.Ordinal);
        topology.Remove(ZoneLabel, out var zone);
        var node = endpoint.NodeName;
        if (topology.TryGetValue(HostLabel, out var host) && (node is null || node == host))
        {
            node = host;
            topology.Remove(HostLabel); // A host that is not the node stays where only v1beta1 sees it.
        }
        return new Endpoint
        {
            Addresses = endpoint.Addresses,
            Conditions = endpoint.Conditions,
            Hostname = endpoint.Hostname,
            TargetRef = endpoint.TargetRef,
            DeprecatedTopology = topology,
            NodeName = node,
            Zone = zone,
            Hints = endpoint.Hints,
        };
    }

    private static EndpointV1Beta1 FromStorage(Endpoint endpoint)
    {
        var topology = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, value) in endpoint.DeprecatedTopology) topology[label] = value;
        if (endpoint.Zone is { } zone) topology[ZoneLabel] = zone;
        if (endpoint.NodeName is { } node && string.IsNullOrEmpty(topology.GetValueOrDefault(HostLabel))) topology[HostLabel] = node;
        return new EndpointV1Beta1
        {
            Addresses = endpoint.Addresses,
            Conditions = endpoint.Conditions,
            Hostname = endpoint.Hostname,
            TargetRef = endpoint.TargetRef,
            Topology = topology,
            NodeName = endpoint.NodeName,
            Hints = endpoint.Hints,
        };
    }
}
