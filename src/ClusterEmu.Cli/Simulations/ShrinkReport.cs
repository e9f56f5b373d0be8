using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary>Shrinks a failing seed and writes the scenario that is left.</summary>
internal static class ShrinkReport
{
    /// <param name="File">The new scenario's file, in the present folder.</param>
    /// <param name="Tries">Runs that it took.</param>
    public sealed record Made(string File, int Tries);

    public static Made Make(Scenario scenario, RunResult failed, int tries, TextWriter? output, CancellationToken token)
    {
        output?.WriteLine($"Seed {failed.Seed} failed ({failed.Violation!.Invariant}). Looking for a smaller scenario that fails so too, in at most {tries} runs ...");
        var file = $"{scenario.Name}-seed-{failed.Seed}.yaml";
        var shrunk = Shrinker.Shrink(scenario, failed, new ShrinkSettings
        {
            Tries = tries,
            Cancelled = () => token.IsCancellationRequested,
            Progress = line => output?.WriteLine($"  {line}"),
            Smaller = Write,
        });
        Write(shrunk);
        output?.WriteLine($"Wrote {file}: {shrunk.Summary}. Replay: clusteremu simulate {file} --seed {failed.Seed}");
        output?.WriteLine();
        return new Made(file, shrunk.Tries);

        // Each time that it gets smaller: whoever ends the search keeps the best that was found.
        void Write(Shrunk best) => File.WriteAllText(file, ScenarioWriter.Write(
            best.Scenario,
            $"Shrunk from the scenario {scenario.Name}, seed {failed.Seed}, in {best.Tries} runs: {failed.Violation!.Invariant} does not hold.",
            $"Replay: clusteremu simulate {file} --seed {failed.Seed}"));
    }
}
