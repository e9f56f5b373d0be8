namespace ClusterEmu.Api;

/// <summary>Whether two values mean the same. Records with lists compare those by reference; here their JSON is compared.</summary>
/// <remarks>As in Kubernetes (<c>apiequality.Semantic</c>), an empty list or map equals one left out.</remarks>
internal static class SemanticEquality
{
    internal static bool Same<T>(T left, T right) =>
        ReferenceEquals(left, right) || ApiJson.Encode(left).AsSpan().SequenceEqual(ApiJson.Encode(right));

    internal static bool Same(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        ReferenceEquals(left, right) || (left.Count == right.Count
            && left.All(entry => right.TryGetValue(entry.Key, out var value) && value == entry.Value));

    internal static bool Same(IReadOnlyDictionary<string, byte[]> left, IReadOnlyDictionary<string, byte[]> right) =>
        ReferenceEquals(left, right) || (left.Count == right.Count
            && left.All(entry => right.TryGetValue(entry.Key, out var value) && value.AsSpan().SequenceEqual(entry.Value)));
}
