namespace ClusterEmu.Api;

/// <summary>What happens to Endpoints before they are stored.</summary>
/// <remarks>Source: pkg/registry/core/endpoint/strategy.go and pkg/api/endpoints/util.go.</remarks>
public static class EndpointsStrategy
{
    public static Endpoints PrepareForCreate(Endpoints endpoints) =>
        Packed(endpoints with { Metadata = MetadataStrategy.ForCreate(endpoints.Metadata, 0) });

    /// <summary>Endpoints have no status of their own; the flag changes nothing.</summary>
    public static Endpoints PrepareForUpdate(Endpoints endpoints, Endpoints old, bool status) =>
        Packed(endpoints with { Metadata = MetadataStrategy.ForUpdate(endpoints.Metadata, old.Metadata) });

    /// <summary>
    /// The canonical form of the same endpoints: one subset for each set of addresses, its ports together, every address once and
    /// in order. An address that is both ready and not is not.
    /// </summary>
    public static IReadOnlyList<EndpointSubset> Repack(IReadOnlyList<EndpointSubset> subsets)
    {
        var byPort = new List<(EndpointPort? Port, SortedDictionary<AddressKey, (EndpointAddress Address, bool Ready)> Addresses)>();
        foreach (var subset in subsets)
            foreach (var port in subset.Ports.Count == 0 ? [null] : subset.Ports.Select(each => (EndpointPort?)each))
            {
                var place = byPort.FindIndex(each => each.Port == port);
                if (place < 0)
                {
                    place = byPort.Count;
                    byPort.Add((port, []));
                }
                foreach (var address in subset.Addresses) byPort[place].Addresses.TryAdd(AddressKey.Of(address), (address, true));
                foreach (var address in subset.NotReadyAddresses) byPort[place].Addresses[AddressKey.Of(address)] = (address, false);
            }

        var packed = new List<(List<EndpointPort> Ports, SortedDictionary<AddressKey, (EndpointAddress Address, bool Ready)> Addresses)>();
        foreach (var (port, addresses) in byPort)
        {
            var place = packed.FindIndex(each => Same(each.Addresses, addresses));
            if (place < 0)
            {
                place = packed.Count;
                packed.Add(([], addresses));
            }
            if (port is not null) packed[place].Ports.Add(port);
        }
        return packed.Select(each => new EndpointSubset
        {
            Addresses = each.Addresses.Values.Where(address => address.Ready).Select(address => address.Address).ToList(),
            NotReadyAddresses = each.Addresses.Values.Where(address => !address.Ready).Select(address => address.Address).ToList(),
            Ports = each.Ports.Count > 1 ? [.. each.Ports.Order(EndpointPortOrder.Instance)] : each.Ports,
        }).ToList();
    }

    /// <summary>What is refused is left as it came, so that the refusal names the places that the client knows.</summary>
    private static Endpoints Packed(Endpoints endpoints) =>
        EndpointsValidation.Create(endpoints).Any(error => error.Path.StartsWith("subsets", StringComparison.Ordinal))
            ? endpoints
            : endpoints with { Subsets = Repack(endpoints.Subsets) };

    private static bool Same(
        SortedDictionary<AddressKey, (EndpointAddress Address, bool Ready)> left,
        SortedDictionary<AddressKey, (EndpointAddress Address, bool Ready)> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.Key == pair.Second.Key && pair.First.Value.Ready == pair.Second.Value.Ready);

    /// <summary>Equal addresses of different Pods are different endpoints.</summary>
    private readonly record struct AddressKey(string IP, string Uid) : IComparable<AddressKey>
    {
        internal static AddressKey Of(EndpointAddress address) => new(address.IP, address.TargetRef?.Uid ?? "");

        public int CompareTo(AddressKey other) =>
            string.CompareOrdinal(IP, other.IP) is not 0 and var order ? order : string.CompareOrdinal(Uid, other.Uid);
    }
}
