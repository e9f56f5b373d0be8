using System.CommandLine;
using ClusterEmu.Cli.Simulations;

namespace ClusterEmu.Cli.Commands;

public static partial class CommandTree
{
    static partial void AddSimulation(RootCommand root)
    {
        root.Add(SimulateCommand.Create());
        root.Subcommands.Single(command => command.Name == "bench").Add(SimulationBenchmark.Create());
    }
}
