using System.Text.RegularExpressions;

namespace ClusterEmu.EndToEnd.Tests.Kubectl;

/// <summary>Compares what a command printed with expected lines.</summary>
public static partial class LinePatterns
{
    private const string AnyLines = "...";

    /// <summary>Whether the lines fit the patterns, each of them in order.</summary>
    public static bool Match(IReadOnlyList<string> patterns, IReadOnlyList<string> lines) => Match(patterns, 0, lines, 0);

    /// <summary>The lines of a text without blanks at their ends, and without empty lines at its end.</summary>
    public static IReadOnlyList<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static bool Match(IReadOnlyList<string> patterns, int pattern, IReadOnlyList<string> lines, int line)
    {
        for (; pattern < patterns.Count; pattern++, line++)
        {
            if (patterns[pattern].Trim() == AnyLines)
            {
                for (var next = line; next <= lines.Count; next++)
                    if (Match(patterns, pattern + 1, lines, next)) return true;
                return false;
            }
            if (line >= lines.Count || !Fits(patterns[pattern], lines[line])) return false;
        }
        return line == lines.Count;
    }

    private static bool Fits(string pattern, string line)
    {
        var expression = Regex.Escape(Blanks().Replace(pattern.Trim(), " ")).Replace("<\\*>", "\\S+", StringComparison.Ordinal).Replace("<\\.\\.\\.>", ".*", StringComparison.Ordinal);
        return Regex.IsMatch(Blanks().Replace(line.Trim(), " "), $"^{expression}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
