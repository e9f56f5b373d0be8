using System.Globalization;

namespace ClusterEmu.Client;

/// <summary>Compares resource versions, which Kubernetes' own store (and ours) gives as growing decimal numbers.</summary>
public static class ResourceVersions
{
    /// <summary>The number, or 0 if it is none.</summary>
    public static ulong Parse(string? version) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>True if <paramref name="version"/> is later than <paramref name="other"/>.</summary>
    public static bool IsNewer(string? version, string? other) => Parse(version) > Parse(other);
}
