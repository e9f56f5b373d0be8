using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterEmu.Api;

/// <summary>Which of several versions is preferred: v2 before v1 before v1beta2 before v1alpha1, and other names last, by alphabet.</summary>
/// <remarks>Source: k8s.io/apimachinery version/helpers.go.</remarks>
public static partial class VersionPriority
{
    /// <summary>Puts the preferred one first.</summary>
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    private static int Compare(string left, string right)
    {
        var (first, second) = (Parse(left), Parse(right));
        if (first is null || second is null) return first is not null ? -1 : second is not null ? 1 : string.CompareOrdinal(left, right);
        return second.Value.CompareTo(first.Value);
    }

    private static (int Stage, int Major, int Minor)? Parse(string version)
    {
        var match = Pattern().Match(version);
        if (!match.Success) return null;
        var stage = match.Groups[2].Value switch { "alpha" => 0, "beta" => 1, _ => 2 };
        return (stage, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), stage == 2 ? 0 : int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?\z")]
    private static partial Regex Pattern();
}
