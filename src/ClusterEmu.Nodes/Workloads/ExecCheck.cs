namespace ClusterEmu.Nodes;

/// <summary>The commands of exec probes and hooks: what exit code they give. The whole shell comes later; these are the checks that manifests use.</summary>
public static class ExecCheck
{
    /// <summary>
    /// The exit code of <paramref name="line"/>: <c>true</c>, <c>false</c>, <c>cat FILE</c>, <c>ls FILE</c>, <c>test -e|-f FILE</c>, <c>[ … ]</c>,
    /// <c>exit N</c>, <c>echo</c>, <c>sleep</c>, and <c>sh -c</c> of those. Null: the command is not known here.
    /// </summary>
    /// <param name="line">The words of the command.</param>
    /// <param name="exists">Whether a file exists now.</param>
    public static int? Run(IReadOnlyList<string> line, Func<string, bool> exists)
    {
        if (line.Count == 0) return null;
        switch (Programs.NameOf(line[0]))
        {
            case "true" or ":" or "echo" or "hostname" or "date" or "sleep" or "printf" or "env":
                return 0;
            case "false":
                return 1;
            case "exit":
                return line.Count > 1 && int.TryParse(line[1], out var code) ? code & 255 : 0;
            case "cat" or "ls" or "stat":
                return line.Skip(1).Where(word => !word.StartsWith('-')).All(exists) ? 0 : Programs.NameOf(line[0]) == "ls" ? 2 : 1;
            case "test":
                return Test([.. line.Skip(1)], exists);
            case "[":
                return line[^1] == "]" ? Test([.. line.Skip(1).SkipLast(1)], exists) : 2;
            case "sh" or "bash" or "ash":
                return line.Count > 2 && line[1].EndsWith('c') ? Script(line[2], exists) : 0;
            default:
                return null;
        }
    }

    private static int? Script(string script, Func<string, bool> exists)
    {
        int? status = 0;
        foreach (var (joint, words) in ShellWords.Split(script))
        {
            if (joint == ShellJoint.And && status != 0) continue;
            if (joint == ShellJoint.Or && status == 0) continue;
            status = Run(words, exists);
            if (status is null || words[0] == "exit") return status;
        }

        return status;
    }

    private static int Test(string[] words, Func<string, bool> exists) => words switch
    {
        ["!", .. var rest] => Test(rest, exists) == 0 ? 1 : 0,
        ["-e" or "-f" or "-r" or "-d" or "-s", var path] => exists(path) ? 0 : 1,
        ["-n", var text] => text.Length > 0 ? 0 : 1,
        ["-z", var text] => text.Length == 0 ? 0 : 1,
        [var left, "=" or "==", var right] => left == right ? 0 : 1,
        [var left, "!=", var right] => left != right ? 0 : 1,
        [var text] => text.Length > 0 ? 0 : 1,
        [] => 1,
        _ => 2,
    };
}
