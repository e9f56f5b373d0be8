namespace ClusterEmu.Fabric;

/// <summary>The order in which a resolver tries names. As resolv.conf(5) says of <c>search</c> and <c>ndots</c>.</summary>
public static class NameSearch
{
    /// <summary>Names to ask for, fully qualified without the last dot, in order and without repetition.</summary>
    public static IReadOnlyList<string> Candidates(string name, IReadOnlyList<string> search, int dots)
    {
        var lower = name.ToLowerInvariant();
        if (lower.EndsWith('.')) return [lower[..^1]];
        var asIs = lower.Count(c => c == '.') >= dots;
        var all = new List<string>();
        if (asIs) all.Add(lower);
        all.AddRange(search.Select(domain => $"{lower}.{domain.ToLowerInvariant().TrimEnd('.')}"));
        if (!asIs) all.Add(lower);
        return [.. all.Distinct(StringComparer.Ordinal)];
    }
}
