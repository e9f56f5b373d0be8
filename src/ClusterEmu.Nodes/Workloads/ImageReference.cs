using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ClusterEmu.Nodes;

/// <summary>An image name, taken apart and completed as container runtimes do it.</summary>
/// <param name="Repository">With registry: <c>docker.io/library/nginx</c>.</param>
/// <param name="Tag"><c>latest</c> where neither tag nor digest was given; empty beside a digest.</param>
/// <param name="Digest">With algorithm: <c>sha256:…</c>; empty if there was none.</param>
/// <remarks>Source: github.com/distribution/reference, ParseNormalizedNamed.</remarks>
public sealed partial record ImageReference(string Repository, string Tag, string Digest)
{
    /// <summary>The last part of the repository: <c>nginx</c>. The catalogue chooses by it.</summary>
    public string ShortName => Repository[(Repository.LastIndexOf('/') + 1)..];

    /// <summary>The whole reference: <c>docker.io/library/nginx:1.21</c>.</summary>
    public override string ToString() =>
        Repository + (Tag.Length == 0 ? "" : ":" + Tag) + (Digest.Length == 0 ? "" : "@" + Digest);

    /// <summary>False for what no runtime takes: upper-case repositories, empty parts, blanks, a malformed tag or digest.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        var match = Grammar().Match(text);
        if (!match.Success) return false;
        var name = match.Groups["name"].Value;
        var slash = name.IndexOf('/');
        var first = slash < 0 ? "" : name[..slash];
        var hasRegistry = first.Contains('.') || first.Contains(':') || first == "localhost";
        var path = hasRegistry ? name[(slash + 1)..] : name;
        if (path.Any(char.IsUpper)) return false;
        var registry = hasRegistry ? (first == "index.docker.io" ? "docker.io" : first) : "docker.io";
        if (registry == "docker.io" && !path.Contains('/')) path = "library/" + path;
        var (tag, digest) = (match.Groups["tag"].Value, match.Groups["digest"].Value);
        if (tag.Length == 0 && digest.Length == 0) tag = "latest";
        reference = new ImageReference($"{registry}/{path}", tag, digest);
        return true;
    }

    [GeneratedRegex(
        @"^(?<name>(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)"
        + @"(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,}))?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
