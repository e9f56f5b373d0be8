using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace ClusterEmu.Api;

/// <summary>Regular expressions as Go's regexp package reads them, matched in linear time.</summary>
/// <remarks>Like Go's, they have neither look-around nor back references: those are refused.</remarks>
internal static class GoRegex
{
    /// <summary>Longer patterns are refused, so that nobody keeps the server busy by one.</summary>
    private const int MaxLength = 10_000;

    public static bool TryParse(string pattern, [NotNullWhen(true)] out Regex? regex, out string problem)
    {
        (regex, problem) = (null, "");
        if (pattern.Length > MaxLength)
        {
            problem = $"it has {pattern.Length} characters; at most {MaxLength} are read";
            return false;
        }
        try
        {
            regex = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            problem = $"error parsing regexp: {refused.Message}";
            return false;
        }
    }

    /// <summary>Where the two dialects write the same differently, or mean other things by the same: digits, words and blanks are ASCII in Go.</summary>
    private static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            if (letter == '\\' && at + 1 < pattern.Length)
            {
                text.Append(Escaped(pattern[++at], inClass));
                continue;
            }
            if (inClass)
            {
                if (letter == '[' && PosixClass(pattern, at) is var (members, length))
                {
                    text.Append(members);
                    at += length - 1;
                    continue;
                }
                if (letter == '[') text.Append('\\'); // .NET would take it for the beginning of a subtraction.
                else if (letter == ']') inClass = false;
                text.Append(letter);
                continue;
            }
            if (letter == '[')
            {
                inClass = true;
                text.Append(letter);
                if (at + 1 < pattern.Length && pattern[at + 1] == '^') text.Append(pattern[++at]);
                if (at + 1 < pattern.Length && pattern[at + 1] == ']') text.Append('\\').Append(pattern[++at]);
                continue;
            }
            if (letter == '(' && string.CompareOrdinal(pattern, at, "(?P<", 0, 4) == 0)
            {
                text.Append("(?<");
                at += 3;
                continue;
            }
            if (letter == '$' && !pattern.Contains("(?m", StringComparison.Ordinal)) text.Append("\\z");
            else text.Append(letter);
        }
        return text.ToString();
    }

    private static string Escaped(char letter, bool inClass) => letter switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        's' => inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^0-9A-Za-z_]",
        'S' when !inClass => "[^\\t\\n\\f\\r ]",
        _ => "\\" + letter,
    };

    private static (string Members, int Length)? PosixClass(string pattern, int at)
    {
        foreach (var (name, members) in PosixClasses)
        {
            if (string.CompareOrdinal(pattern, at, name, 0, name.Length) == 0) return (members, name.Length);
        }
        return null;
    }

    private static readonly (string Name, string Members)[] PosixClasses =
    [
        ("[:alnum:]", "0-9A-Za-z"), ("[:alpha:]", "A-Za-z"), ("[:digit:]", "0-9"), ("[:lower:]", "a-z"), ("[:upper:]", "A-Z"),
        ("[:space:]", "\\t\\n\\v\\f\\r "), ("[:blank:]", "\\t "), ("[:word:]", "0-9A-Za-z_"), ("[:xdigit:]", "0-9A-Fa-f"),
        ("[:punct:]", "!-/:-@\\[-`{-~"), ("[:cntrl:]", "\\x00-\\x1f\\x7f"), ("[:graph:]", "!-~"), ("[:print:]", " -~"), ("[:ascii:]", "\\x00-\\x7f"),
    ];
}
