namespace ClusterEmu.Nodes;

/// <summary>The small programs that every image with a shell has.</summary>
public static class Programs
{
    /// <summary>The command line that a container runs: entry point and arguments, replaced as Kubernetes says.</summary>
    public static IReadOnlyList<string> CommandLine(ContainerSetup setup, IReadOnlyList<string> entryPoint, IReadOnlyList<string> arguments) =>
        setup.Command.Count > 0 ? [.. setup.Command, .. setup.Args]
        : setup.Args.Count > 0 ? [.. entryPoint, .. setup.Args]
        : [.. entryPoint, .. arguments];

    /// <summary>Plans one of the common programs; null if <paramref name="line"/> is none of them.</summary>
    /// <remarks>
    /// As process 1, a program without a handler of its own ignores SIGTERM: <c>sleep</c>, shells and <c>tail</c> are killed
    /// when their grace period is over, as in a real container.
    /// </remarks>
    public static ContainerPlan? Plan(IReadOnlyList<string> line, ContainerSetup setup)
    {
        if (line.Count == 0) return null;
        switch (NameOf(line[0]))
        {
            case "sh" or "bash" or "ash" or "dash":
                return ShellScript.PlanShell(line, setup);
            case "sleep":
                return SleepTime(line) is { } time
                    ? new ContainerPlan { ExitsAfter = time == TimeSpan.MaxValue ? null : time, StopsWithin = null }
                    : new ContainerPlan { ExitsAfter = TimeSpan.Zero, ExitCode = 1 };
            case "tail" when line.Any(word => word is "-f" or "-F"):
            case "top":
                return new ContainerPlan { StopsWithin = null };
            case "true" or "echo" or "printf" or "env" or "printenv" or "date" or "hostname" or "id" or "ls" or "pwd" or "whoami" or "uname":
            case "cat":
                return new ContainerPlan { ExitsAfter = TimeSpan.Zero };
            case "false":
                return new ContainerPlan { ExitsAfter = TimeSpan.Zero, ExitCode = 1 };
            case "httpd" when HttpdProgram.Plan(line, setup, []) is { } httpd:
                return httpd;
            case "nc" or "netcat" when NetcatProgram.Plan(line) is { } netcat:
                return netcat;
            default:
                return null;
        }
    }

    /// <summary>The sum of the times that <c>sleep</c> is given; MaxValue for <c>infinity</c>; null if one is no time.</summary>
    public static TimeSpan? SleepTime(IReadOnlyList<string> line)
    {
        if (line.Count < 2) return null;
        var seconds = 0.0;
        for (var i = 1; i < line.Count; i++)
        {
            if (line[i] is "infinity" or "inf") return TimeSpan.MaxValue;
            var unit = line[i].Length == 0 ? 's' : line[i][^1];
            var factor = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
            var digits = factor == 0 ? line[i] : line[i][..^1];
            if (!double.TryParse(digits, System.Globalization.NumberStyles.AllowDecimalPoint, null, out var number)) return null;
            seconds += number * (factor == 0 ? 1 : factor);
        }

        // Longer than a TimeSpan of a timer can hold is as good as for ever.
        return seconds > TimeSpan.FromDays(20_000).TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
    }

    public static string NameOf(string program) => program[(program.LastIndexOf('/') + 1)..];

    /// <summary>The value of <c>--name=value</c> or <c>--name value</c>; null if the flag is not there.</summary>
    public static string? Flag(IReadOnlyList<string> line, string name)
    {
        for (var i = 0; i < line.Count; i++)
        {
            if (line[i].StartsWith(name + "=", StringComparison.Ordinal)) return line[i][(name.Length + 1)..];
            if (line[i] == name && i + 1 < line.Count) return line[i + 1];
        }

        return null;
    }

    /// <summary>A flag that is a port; <paramref name="otherwise"/> if it is not there or is no number.</summary>
    public static int PortFlag(IReadOnlyList<string> line, string name, int otherwise) =>
        int.TryParse(Flag(line, name), out var port) && port is >= -1 and <= 65535 ? port : otherwise;
}
