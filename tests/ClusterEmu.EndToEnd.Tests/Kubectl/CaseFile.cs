using System.Globalization;

namespace ClusterEmu.EndToEnd.Tests.Kubectl;

/// <summary>One command of a case and what it must print.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Source">Where the expectation comes from; <c>ours</c> where there is nothing to compare with.</param>
/// <param name="Command">For bash.</param>
/// <param name="Patient">It is repeated until it prints what is expected, for what takes a moment in a cluster.</param>
/// <param name="Output">Lines of standard output, as patterns.</param>
/// <param name="Error">Lines of standard error, as patterns.</param>
/// <param name="ExitCode">How it must end.</param>
public sealed record CaseStep(int Line, string Source, string Command, bool Patient, IReadOnlyList<string> Output, IReadOnlyList<string> Error, int ExitCode);

/// <summary>A file in Cases/: files to write first, then commands with what they must print.</summary>
/// <remarks>
/// Lines: <c># text</c> is a comment; <c>source: text</c> holds for the steps that follow; <c>file NAME</c> to <c>end</c> is a file for the commands;
/// <c>$ command</c> begins a step, <c>$~ command</c> one that is repeated until it fits; <c>! text</c> is a line of standard error; <c>exit N</c>, after
/// a step's lines, its exit code (0 if left out); every other line is one of standard output, and <c>| text</c> is such a line, too, for those that would
/// be read as something else. In expected lines <c>&lt;*&gt;</c> stands for anything but blanks, <c>&lt;...&gt;</c> for anything at all; a line <c>...</c>
/// stands for any number of lines. Runs of blanks are equal.
/// </remarks>
public sealed record CaseFile(string Name, IReadOnlyDictionary<string, string> Files, IReadOnlyList<CaseStep> Steps)
{
    /// <exception cref="FormatException">A line cannot be understood; the message names it.</exception>
    public static CaseFile Read(string path) => Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllLines(path));

    internal static CaseFile Parse(string name, IReadOnlyList<string> lines)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var steps = new List<CaseStep>();
        var source = "";
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            if (line.StartsWith("source: ", StringComparison.Ordinal)) source = line["source: ".Length..].Trim();
            else if (line.StartsWith("file ", StringComparison.Ordinal))
            {
                var from = ++i;
                while (i < lines.Count && lines[i] != "end") i++;
                if (i == lines.Count) throw new FormatException($"{name}, line {from}: the file {line[5..]} has no line 'end'.");
                files[line[5..].Trim()] = string.Concat(lines.Skip(from).Take(i - from).Select(text => text + "\n"));
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal) || line.StartsWith("$~ ", StringComparison.Ordinal))
            {
                if (source.Length == 0) throw new FormatException($"{name}, line {i + 1}: a step needs a line 'source: …' before it. Write 'source: ours' where there is nothing to compare with.");
                steps.Add(Step(lines, ref i, source));
            }
            else
            {
                throw new FormatException($"{name}, line {i + 1}: '{line}' belongs to no step. Begin a step with '$ command'.");
            }
        }
        return new CaseFile(name, files, steps);
    }

    private static CaseStep Step(IReadOnlyList<string> lines, ref int at, string source)
    {
        var (line, first) = (at + 1, lines[at]);
        var patient = first.StartsWith("$~", StringComparison.Ordinal);
        var (output, error, exitCode) = (new List<string>(), new List<string>(), 0);
        while (at + 1 < lines.Count && !IsNext(lines[at + 1]))
        {
            var text = lines[++at];
            if (text.StartsWith("! ", StringComparison.Ordinal)) error.Add(text[2..]);
            else if (text.StartsWith("exit ", StringComparison.Ordinal)) exitCode = int.Parse(text[5..], CultureInfo.InvariantCulture);
            else output.Add(text.StartsWith("| ", StringComparison.Ordinal) ? text[2..] : text);
        }
        while (output.Count > 0 && output[^1].Length == 0) output.RemoveAt(output.Count - 1);
        return new CaseStep(line, source, first[(patient ? 3 : 2)..], patient, output, error, exitCode);
    }

    private static bool IsNext(string line) =>
        line.StartsWith("$ ", StringComparison.Ordinal) || line.StartsWith("$~ ", StringComparison.Ordinal) || line.StartsWith("source: ", StringComparison.Ordinal)
        || line.StartsWith("file ", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal);
}
