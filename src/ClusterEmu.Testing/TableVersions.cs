using ClusterEmu.Network;

namespace ClusterEmu.Testing;

/// <summary>Which versions of Services and EndpointSlices a routing table was compiled from.</summary>
internal static class TableVersions
{
    /// <summary>By Service, sorted: the resourceVersions of the Service and of its slices.</summary>
    public static SortedDictionary<string, string> Of(TableRoot table)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, service) in table.Services.Sorted())
            if (service.Ports is [var port, ..]) versions[name.ToString()] = $"{port.ServiceVersion} with {string.Join(", ", port.SliceVersions.Order(StringComparer.Ordinal))}";
        return versions;
    }

    /// <summary>The first Service in which two tables differ, in words; null if they are of the same versions.</summary>
    public static string? Difference(SortedDictionary<string, string> wanted, SortedDictionary<string, string> found)
    {
        foreach (var (service, version) in wanted)
        {
            if (!found.TryGetValue(service, out var has)) return $"it lacks {service}";
            if (has != version) return $"it has {service} of version {has}, the API {version}";
        }
        return found.Keys.FirstOrDefault(service => !wanted.ContainsKey(service)) is { } extra ? $"it still has {extra}" : null;
    }
}
