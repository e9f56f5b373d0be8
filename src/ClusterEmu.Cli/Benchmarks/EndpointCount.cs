using System.Text.Json;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>Reads a watched Endpoints object.</summary>
internal static class EndpointCount
{
    /// <summary>The ready addresses of the object in one line of a watch.</summary>
    public static int Ready(string line)
    {
        using var document = JsonDocument.Parse(line);
        if (!document.RootElement.GetProperty("object").TryGetProperty("subsets", out var subsets) || subsets.ValueKind != JsonValueKind.Array) return 0;
        var count = 0;
        foreach (var subset in subsets.EnumerateArray())
        {
            if (subset.TryGetProperty("addresses", out var addresses) && addresses.ValueKind == JsonValueKind.Array) count += addresses.GetArrayLength();
        }
        return count;
    }
}
