namespace ClusterEmu.Nodes;

/// <summary>agnhost, the image of Kubernetes' own network tests. The first argument chooses what it does; without any, it pauses.</summary>
/// <remarks>Behaviour: kubernetes/kubernetes, test/images/agnhost.</remarks>
public sealed class AgnhostImage : IImage
{
    public IReadOnlyList<string> Names { get; } = ["agnhost"];

    public ContainerPlan Plan(ContainerSetup setup)
    {
        var line = Programs.CommandLine(setup, ["/agnhost"], ["pause"]);
        if (Programs.NameOf(line[0]) != "agnhost") return Programs.Plan(line, setup) ?? ContainerPlan.NotFound(line[0]);
        return (line.Count > 1 ? line[1] : "help") switch
        {
            "netexec" => NetexecProgram.Plan(line),
            "serve-hostname" => ServeHostnameProgram.Plan(line),
            "porter" => PorterProgram.Plan(setup, line.Contains("--json-response")),
            "liveness" => LivenessProgram.Plan(),
            "pause" => new ContainerPlan { StopCode = 2 },
            "help" or "--help" or "-h" => new ContainerPlan { ExitsAfter = TimeSpan.Zero },
            // A subcommand that the program does not know: it prints its usage and fails.
            _ => new ContainerPlan { ExitsAfter = TimeSpan.Zero, ExitCode = 1 },
        };
    }
}
