using System.Reflection;

namespace ClusterEmu.Testing.Tests;

/// <summary>The repository's own manifests and pages, as they are at hand for tests.</summary>
internal static class Texts
{
    /// <summary>A manifest under samples/guide, such as <c>01-clusterip/web.yaml</c>.</summary>
    public static string Sample(string path) => Read("samples/" + path);

    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The tests hold no '{name}'.");
        return new StreamReader(stream).ReadToEnd();
    }
}
