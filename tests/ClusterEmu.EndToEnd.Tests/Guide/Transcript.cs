using System.Text.RegularExpressions;

namespace ClusterEmu.EndToEnd.Tests.Guide;

/// <summary>One command of a transcript with what it printed.</summary>
public sealed record TranscriptEntry(string Command, IReadOnlyList<string> Lines, string? ExitCode);

/// <summary>Transcripts of kubectl sessions: <c>$ command</c>, its output, <c># rc=N</c>.</summary>
public static partial class Transcript
{
    public static IReadOnlyList<TranscriptEntry> Parse(string text)
    {
        var entries = new List<TranscriptEntry>();
        var lines = new List<string>();
        string? command = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                Close(null);
                command = line;
            }
            else if (line.StartsWith("# rc=", StringComparison.Ordinal))
            {
                Close(line[5..]);
            }
            else if (command is not null)
            {
                lines.Add(line);
            }
        }
        Close(null);
        return entries;

        void Close(string? exitCode)
        {
            if (command is not null) entries.Add(new TranscriptEntry(command, [.. lines], exitCode));
            command = null;
            lines.Clear();
        }
    }

    /// <summary>The lines that must be alike: addresses, ages, generated names and the like taken out, and sorted, for generated names sort by chance.</summary>
    public static IReadOnlyList<string> Comparable(TranscriptEntry entry) =>
        [.. entry.Lines.Select(Normal).Where(line => line.Length > 0 && !Deprecation().IsMatch(line)).Order(StringComparer.Ordinal)];

    /// <summary>A line or command without what differs between any two clusters.</summary>
    public static string Normal(string line)
    {
        line = Ip().Replace(line, "IP");
        line = Time().Replace(line, "TIME");
        line = Uid().Replace(line, "UID");
        line = Revision().Replace(line, "resourceVersion: N");
        line = Suffix().Replace(line, "-RND");
        line = Hash().Replace(line, "$1HASH");
        line = Age().Replace(line, "AGE");
        line = NodePort().Replace(line, ":NODEPORT/");
        return Blanks().Replace(line.Replace("<unknown>", "AGE", StringComparison.Ordinal).Replace("<invalid>", "AGE", StringComparison.Ordinal), " ").Trim();
    }

    [GeneratedRegex(@"\b\d{1,3}(\.\d{1,3}){3}\b")]
    private static partial Regex Ip();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,27}\b")]
    private static partial Regex Uid();

    [GeneratedRegex("resourceVersion: \"\\d+\"")]
    private static partial Regex Revision();

    [GeneratedRegex(@"-[bcdfghjklmnpqrstvwxz2456789]{5}\b")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"([-=])[0-9a-z]{8,10}\b(?<=[-=][bcdfghjklmnpqrstvwxz2456789]+|[-=][0-9a-f]+)")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\b(\d+[smhd]){1,2}\b")]
    private static partial Regex Age();

    [GeneratedRegex(@":3[0-2]\d{3}/")]
    private static partial Regex NodePort();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^Warning: (discovery\.k8s\.io/v1beta1|batch/v1beta1|v1 Endpoints)")]
    private static partial Regex Deprecation();
}
