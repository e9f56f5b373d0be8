namespace ClusterEmu.Nodes;

/// <summary>pause: holds a container open and does nothing. There is no shell in it.</summary>
public sealed class PauseImage : IImage
{
    public IReadOnlyList<string> Names { get; } = ["pause", "pause-amd64"];

    public ContainerPlan Plan(ContainerSetup setup)
    {
        var line = Programs.CommandLine(setup, ["/pause"], []);
        return Programs.NameOf(line[0]) == "pause" ? new ContainerPlan { HasShell = false } : ContainerPlan.NotFound(line[0]);
    }
}
