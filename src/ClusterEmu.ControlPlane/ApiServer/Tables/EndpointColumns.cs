using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Rows of Endpoints and EndpointSlices: the first three of each list, then how many more. Source: formatEndpoints.</summary>
internal static class EndpointColumns
{
    private const int Shown = 3;

    public static readonly TableColumns Endpoints = TableColumns.Of<Endpoints>(
        "Name:name Endpoints Age", (endpoints, now) => [endpoints.Metadata.Name, Pairs(endpoints), TableCatalog.Age(endpoints, now)]);

    public static readonly TableColumns Slices = TableColumns.Of<EndpointSlice>(
        "Name:name AddressType Ports Endpoints Age",
        (slice, now) =>
        [
            slice.Metadata.Name,
            slice.AddressType,
            OrUnset(First(slice.Ports.Select(port => port.Port is { } number ? $"{number}" : port.Name is { Length: > 0 } name ? name : "*"))),
            OrUnset(First(slice.Endpoints.SelectMany(endpoint => endpoint.Addresses))),
            TableCatalog.Age(slice, now),
        ]);

    private static string Pairs(Endpoints endpoints) => endpoints.Subsets.Count == 0 ? "<none>" : First(endpoints.Subsets.SelectMany(InSubset));

    private static IEnumerable<string> InSubset(EndpointSubset subset) => subset.Ports.Count == 0
        ? subset.Addresses.Select(address => address.IP)
        : subset.Ports.SelectMany(port => subset.Addresses.Select(address => Join(address.IP, port.Port)));

    private static string Join(string ip, int port) => ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:{port}" : $"{ip}:{port}";

    private static string First(IEnumerable<string> items)
    {
        var all = items.ToList();
        var shown = string.Join(',', all.Take(Shown));
        return all.Count > Shown ? $"{shown} + {all.Count - Shown} more..." : shown;
    }

    private static string OrUnset(string text) => text.Length == 0 ? "<unset>" : text;
}
