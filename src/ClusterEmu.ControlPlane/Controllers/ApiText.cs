using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Records compared as the API shows them: by their canonical JSON.</summary>
public static class ApiText
{
    /// <summary>True if both say the same. Lists count by their items, unlike in the records' own equality.</summary>
    public static bool Same<T>(T left, T right) where T : class =>
        ReferenceEquals(left, right) || ApiJson.Encode(left).AsSpan().SequenceEqual(ApiJson.Encode(right));
}
