using System.Text;

namespace ClusterEmu.Nodes;

/// <summary>
/// Works out what <c>sh -c SCRIPT</c> does over time, for the scripts that manifests use to stage things:
/// <c>touch</c>, <c>rm</c>, <c>echo … &gt; file</c>, <c>sleep</c>, <c>exit</c>, <c>true</c>, <c>false</c>, <c>httpd</c>, <c>nc</c>, joined by
/// <c>;</c>, <c>&amp;&amp;</c> and <c>||</c>. A loop, or <c>wait</c> and <c>tail -f</c>, runs for ever. An unknown command fails with 127 and the script goes on.
/// </summary>
public static class ShellScript
{
    public static ContainerPlan PlanShell(IReadOnlyList<string> line, ContainerSetup setup)
    {
        var at = IndexOfCommandFlag(line);
        // A shell without a terminal reads an empty input and ends at once.
        if (at < 0) return new ContainerPlan { ExitsAfter = TimeSpan.Zero };
        return Plan(line[at + 1], setup);
    }

    public static ContainerPlan Plan(string script, ContainerSetup setup)
    {
        var files = new List<FileChange>();
        var now = TimeSpan.Zero;
        var status = 0;
        foreach (var (joint, words) in ShellWords.Split(script))
        {
            if (joint == ShellJoint.And && status != 0) continue;
            if (joint == ShellJoint.Or && status == 0) continue;
            var line = words.Select(word => Expand(word, setup)).ToArray();
            if (line[0] == "exec") line = line[1..];
            if (line.Length == 0) continue;
            switch (Programs.NameOf(line[0]))
            {
                case "while" or "until" or "for" or "wait" or "tail" or "top" or "{" or "(" or "if" or "trap":
                    return Forever(files);
                case "sleep" when Programs.SleepTime(line) is { } time:
                    if (time == TimeSpan.MaxValue) return Forever(files);
                    now += time;
                    status = 0;
                    break;
                case "exit":
                    return Exit(files, now, line.Length > 1 && int.TryParse(line[1], out var code) ? code & 255 : status);
                case "touch":
                    foreach (var path in Operands(line)) files.Add(new FileChange(now, path, Content(files, path) ?? ""));
                    status = 0;
                    break;
                case "rm":
                    foreach (var path in Operands(line)) files.Add(new FileChange(now, path, null));
                    status = 0;
                    break;
                case "echo" or "printf" or "hostname" or "date":
                    Redirect(line, now, files, setup);
                    status = 0;
                    break;
                case "test" or "[":
                    status = ExecCheck.Run(line, path => Content(files, path) is not null) ?? 2;
                    break;
                case "cat":
                    status = Operands(line).All(path => Content(files, path) is not null) ? 0 : 1;
                    break;
                case "true" or ":" or "mkdir" or "cd" or "export" or "set" or "chmod" or "chown" or "ls" or "env" or "ln" or "sync":
                    status = 0;
                    break;
                case "false":
                    status = 1;
                    break;
                case "httpd" when HttpdProgram.Plan(line, setup, files) is { } httpd:
                    return httpd;
                case "nc" or "netcat" when NetcatProgram.Plan(line) is { } netcat:
                    return netcat with { Files = files };
                default:
                    status = 127;
                    break;
            }
        }

        return Exit(files, now, status);
    }

    private static int IndexOfCommandFlag(IReadOnlyList<string> line)
    {
        for (var i = 1; i + 1 < line.Count; i++)
        {
            if (line[i].StartsWith('-') && !line[i].StartsWith("--", StringComparison.Ordinal) && line[i].EndsWith('c')) return i;
        }

        return -1;
    }

    private static ContainerPlan Forever(List<FileChange> files) => new() { Files = files, StopsWithin = null };

    private static ContainerPlan Exit(List<FileChange> files, TimeSpan at, int code) =>
        new() { Files = files, ExitsAfter = at, ExitCode = code, StopsWithin = null };

    private static string? Content(List<FileChange> files, string path) => files.FindLast(change => change.Path == path).Content;

    private static IEnumerable<string> Operands(string[] line) => line.Skip(1).Where(word => !word.StartsWith('-'));

    private static void Redirect(string[] line, TimeSpan now, List<FileChange> files, ContainerSetup setup)
    {
        var arrow = Array.FindIndex(line, word => word is ">" or ">>");
        if (arrow < 0 || arrow + 1 >= line.Length) return;
        var text = line[0] == "hostname" ? setup.Hostname : string.Join(' ', line[1..arrow].Where(word => word is not ("-n" or "-e")));
        var before = line[arrow] == ">>" ? Content(files, line[arrow + 1]) ?? "" : "";
        files.Add(new FileChange(now, line[arrow + 1], before + text + "\n"));
    }

    private static string Expand(string word, ContainerSetup setup)
    {
        if (!word.Contains('$')) return word;
        var text = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] != '$' || i + 1 == word.Length)
            {
                text.Append(word[i]);
                continue;
            }

            if (word.AsSpan(i).StartsWith("$(hostname)"))
            {
                text.Append(setup.Hostname);
                i += "$(hostname)".Length - 1;
                continue;
            }

            var braces = word[i + 1] == '{';
            var start = braces ? i + 2 : i + 1;
            var end = start;
            while (end < word.Length && (char.IsAsciiLetterOrDigit(word[end]) || word[end] == '_')) end++;
            var name = word[start..end];
            text.Append(name == "HOSTNAME" ? setup.Hostname : setup.EnvValue(name));
            i = braces && end < word.Length && word[end] == '}' ? end : end - 1;
        }

        return text.ToString();
    }
}
