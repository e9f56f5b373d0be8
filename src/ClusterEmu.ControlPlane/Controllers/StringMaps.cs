namespace ClusterEmu.ControlPlane;

/// <summary>Labels and annotations as values. Results are in the order of their names.</summary>
public static class StringMaps
{
    /// <summary>The map with <paramref name="key"/> set; without it, if the value is null.</summary>
    public static IReadOnlyDictionary<string, string> With(this IReadOnlyDictionary<string, string> map, string key, string? value)
    {
        var result = Copy(map);
        if (value is null) result.Remove(key);
        else result[key] = value;
        return result;
    }

    /// <summary>Both maps; where a name is in both, <paramref name="other"/> counts.</summary>
    public static IReadOnlyDictionary<string, string> Over(
        this IReadOnlyDictionary<string, string> map, IReadOnlyDictionary<string, string> other)
    {
        var result = Copy(map);
        foreach (var (key, value) in other) result[key] = value;
        return result;
    }

    public static bool SameAs(this IReadOnlyDictionary<string, string> map, IReadOnlyDictionary<string, string> other)
    {
        if (ReferenceEquals(map, other)) return true;
        if (map.Count != other.Count) return false;
        foreach (var (key, value) in map)
        {
            if (!other.TryGetValue(key, out var found) || found != value) return false;
        }
        return true;
    }

    private static SortedDictionary<string, string> Copy(IReadOnlyDictionary<string, string> map)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map) result[key] = value;
        return result;
    }
}
