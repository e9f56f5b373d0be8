using System.Globalization;
using ClusterEmu.Tests;

namespace ClusterEmu.Simulation.Tests;

/// <summary>Seeds that once broke an invariant, and the first seeds of every sample.</summary>
public sealed class OnceFailedSeedsTests
{
    public static TheoryData<string, ulong, string> Seeds
    {
        get
        {
            var seeds = new TheoryData<string, ulong, string>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Runs", "once-failed-seeds.txt")).Where(line => !line.StartsWith('#')))
            {
                var parts = line.Split(' ', 3);
                seeds.Add(parts[0], ulong.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
            }
            foreach (var sample in Directory.EnumerateFiles(Samples, "*.yaml").Order(StringComparer.Ordinal))
                seeds.Add(Path.GetFileNameWithoutExtension(sample), 1, "The first seed of each sample.");
            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ASeedThatFailedOnce_HoldsAllInvariants(string scenario, ulong seed, string because)
    {
        var result = scenario == "planted"
            ? PlantedScenario.Run(null, seed)
            : SimulationRun.Run(ScenarioFiles.Load(Path.Combine(Samples, $"{scenario}.yaml")), seed);
        Assert.True(result.Violation is null, $"{scenario}, seed {seed} ({because}): {result.Violation}\n{string.Join('\n', result.Log)}");
    }

    private static string Samples => Path.Combine(CheckoutFolder.Root, "samples", "simulation");
}
