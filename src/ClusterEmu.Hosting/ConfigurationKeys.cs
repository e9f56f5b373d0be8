namespace ClusterEmu.Hosting;

/// <summary>Finds keys that nobody reads: a misspelt key must not silently leave a default in force.</summary>
public static class ConfigurationKeys
{
    private const string Section = "cluster-emu";

    /// <summary>One sentence for each unknown key under <c>cluster-emu</c>, naming the nearest known one.</summary>
    /// <param name="own">What the user wrote.</param>
    /// <param name="reference">What there is. A key whose default is <c>{}</c> takes any keys below it.</param>
    public static IEnumerable<string> Unknown(Config own, Config reference)
    {
        var known = Leaves(reference, Section).ToList();
        var open = known.Where(leaf => leaf.Open).Select(leaf => leaf.Path + ".").ToList();
        var names = known.Select(leaf => leaf.Path).ToList();
        return Leaves(own, Section)
            .Where(leaf => !names.Contains(leaf.Path) && !open.Any(prefix => leaf.Path.StartsWith(prefix, StringComparison.Ordinal)) && !IsEmptySection(leaf))
            .Select(leaf => $"there is no key {leaf.Path}. The nearest is {Nearest(leaf.Path, names)}; hocon/reference.conf lists all.");

        // All of its lines may have been left out for variables that are not set.
        bool IsEmptySection((string Path, bool Empty) leaf) => leaf.Empty && names.Any(name => name.StartsWith(leaf.Path + ".", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Path, bool Open)> Leaves(Config config, string path)
    {
        if (!config.HasPath(path)) yield break;
        var value = config.GetValue(path);
        if (value is null || !value.IsObject())
        {
            yield return (path, false);
            yield break;
        }
        var children = value.ToConfig().AsEnumerable().Select(pair => pair.Key).Order(StringComparer.Ordinal).ToList();
        if (children.Count == 0) yield return (path, true);
        foreach (var child in children)
        {
            foreach (var leaf in Leaves(config, $"{path}.{Quoted(child)}")) yield return leaf;
        }
    }

    private static string Quoted(string key) => key.Contains('.', StringComparison.Ordinal) ? '"' + key + '"' : key;

    private static string Nearest(string wanted, IReadOnlyList<string> names) => NearestName.Of(wanted, names) ?? Section;
}
