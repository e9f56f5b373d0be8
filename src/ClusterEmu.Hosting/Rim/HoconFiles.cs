using System.Text;
using System.Text.RegularExpressions;

namespace ClusterEmu.Hosting;

/// <summary>Reads HOCON files: expands <c>include "file"</c> and environment variables, before the parser sees the text.</summary>
/// <remarks>
/// <c>${?NAME}</c> with an upper-case name is the environment's: unset, its line is left out, so that an earlier value stays;
/// <c>${NAME}</c> must be set. Other substitutions are the document's own and are left to the parser.
/// </remarks>
public static partial class HoconFiles
{
    private const int MaxDepth = 16;

    /// <summary>The text of <paramref name="path"/>, expanded.</summary>
    /// <exception cref="HoconFileException">A file or a required variable is missing, or files include each other.</exception>
    public static string Read(string path, Func<string, string?>? environment = null) =>
        Read(Path.GetFullPath(path), environment ?? Environment.GetEnvironmentVariable, []);

    /// <summary>Expands a text that stands in no file; includes are relative to <paramref name="folder"/>.</summary>
    public static string Expand(string text, string folder, Func<string, string?> environment) => Expand(text, folder, "the configuration", environment, []);

    private static string Read(string path, Func<string, string?> environment, IReadOnlyList<string> including)
    {
        if (including.Contains(path, StringComparer.Ordinal) || including.Count >= MaxDepth)
            throw new HoconFileException($"{path} includes itself: {string.Join(" -> ", including.Append(path))}. Take one of these includes out.");
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            var by = including.Count == 0 ? "" : $", which {including[^1]} includes,";
            throw new HoconFileException($"Configuration file {path}{by} cannot be read: {cause.Message} Give the path of a HOCON file that exists and is readable.");
        }
        return Expand(text, Path.GetDirectoryName(path)!, path, environment, [.. including, path]);
    }

    private static string Expand(string text, string folder, string source, Func<string, string?> environment, IReadOnlyList<string> including)
    {
        var result = new StringBuilder(text.Length);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith('#') || trimmed.StartsWith("//", StringComparison.Ordinal))
            {
                result.Append(line).Append('\n');
            }
            else if (Include().Match(line) is { Success: true } include)
            {
                result.Append(Read(Path.GetFullPath(include.Groups[1].Value, folder), environment, including)).Append('\n');
            }
            else if (Variables(line, $"{source}, line {number}", environment) is { } expanded)
            {
                result.Append(expanded).Append('\n');
            }
            else
            {
                result.Append('\n'); // Keeps line numbers in the parser's errors.
            }
        }
        return result.ToString();
    }

    private static string? Variables(string line, string where, Func<string, string?> environment)
    {
        var unset = false;
        var expanded = Variable().Replace(line, match =>
        {
            var name = match.Groups[2].Value;
            if (environment(name) is { } value) return '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
            if (match.Groups[1].Length == 0)
                throw new HoconFileException($"{where} needs the environment variable {name}, which is not set. Set it, or write ${{?{name}}} to make it optional.");
            unset = true;
            return "";
        });
        return unset && Assignment().IsMatch(expanded) ? null : expanded;
    }

    [GeneratedRegex("""^\s*include\s+"([^"]+)"\s*$""")]
    private static partial Regex Include();

    [GeneratedRegex(@"\$\{(\??)([A-Z][A-Z0-9_]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\s*[^=:#]+[=:]\s*(#.*)?$")]
    private static partial Regex Assignment();
}

/// <summary>A configuration file that cannot be used. The message says which, why, and what would do.</summary>
public sealed class HoconFileException(string message) : Exception(message);
