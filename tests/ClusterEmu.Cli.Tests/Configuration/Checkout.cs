using System.Text.RegularExpressions;
using ClusterEmu.Tests;

namespace ClusterEmu.Cli.Tests.Configuration;

/// <summary>The checkout whose configuration these tests look at.</summary>
internal static partial class Checkout
{
    public static string Root => CheckoutFolder.Root;

    public static string Hocon => Path.Combine(Root, "hocon");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The text of a file in <c>hocon/</c>, and that of all files it includes.</summary>
    public static IReadOnlyList<string> WithIncludes(string name)
    {
        var text = File.ReadAllText(Path.Combine(Hocon, name));
        return [text, .. Include().Matches(text).SelectMany(match => WithIncludes(match.Groups[1].Value))];
    }

    /// <summary>The environment variables that a configuration reads.</summary>
    public static IReadOnlyList<string> Variables(string text) => [.. text.Split('\n')
        .Where(line => !line.TrimStart().StartsWith('#'))
        .SelectMany(line => Variable().Matches(line).Select(match => match.Groups[1].Value))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The sources of the program.</summary>
    public static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex("""(?m)^include "([^"]+)"$""")]
    private static partial Regex Include();

    [GeneratedRegex(@"\$\{\??([A-Z][A-Z0-9_]*)\}")]
    private static partial Regex Variable();
}
