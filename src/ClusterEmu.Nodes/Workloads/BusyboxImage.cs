namespace ClusterEmu.Nodes;

/// <summary>busybox and its like: a shell and small tools, nothing that listens by itself. Without a command it ends at once.</summary>
public sealed class BusyboxImage : IImage
{
    public IReadOnlyList<string> Names { get; } = ["busybox", "alpine", "debian", "ubuntu", "curl", "netshoot", "dnsutils", "jessie-dnsutils"];

    public ContainerPlan Plan(ContainerSetup setup)
    {
        IReadOnlyList<string> standard = setup.Image.ShortName.EndsWith("dnsutils", StringComparison.Ordinal) ? ["sleep", "infinity"] : ["sh"];
        var line = Programs.CommandLine(setup, [], standard);
        if (line.Count > 1 && Programs.NameOf(line[0]) == "busybox") line = [.. line.Skip(1)];
        return Programs.Plan(line, setup) ?? Tool(line) ?? ContainerPlan.NotFound(line[0]);
    }

    // Programs that are there, but do their work only once a shell runs them: they end at once.
    private static ContainerPlan? Tool(IReadOnlyList<string> line) =>
        Programs.NameOf(line[0]) is "wget" or "curl" or "nslookup" or "dig" or "ping" or "grep" or "sed" or "awk" or "touch" or "mkdir" or "rm"
            ? new ContainerPlan { ExitsAfter = TimeSpan.Zero }
            : null;
}
