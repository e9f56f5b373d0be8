namespace ClusterEmu.Simulation;

/// <summary>How a failing seed is shrunk.</summary>
public sealed record ShrinkSettings
{
    /// <summary>Runs that may be made. 1 or more. Default: 300.</summary>
    public int Tries { get; init; } = 300;

    public RunSettings Run { get; init; } = new();

    /// <summary>Asked before each run; true ends the search with what was found so far. Default: never.</summary>
    public Func<bool> Cancelled { get; init; } = static () => false;

    /// <summary>Is told of each step that made the scenario smaller. Null: nobody.</summary>
    public Action<string>? Progress { get; init; }
}

/// <summary>What is left of a scenario.</summary>
/// <param name="Scenario">It still fails with the same seed and invariant.</param>
/// <param name="Result">How it fails.</param>
/// <param name="Tries">Runs that were made.</param>
/// <param name="Summary">Before and after, for people.</param>
public sealed record Shrunk(Scenario Scenario, RunResult Result, int Tries, string Summary);

/// <summary>Makes a failing scenario smaller while it still breaks the same invariant: fewer faults, changes, clients and objects, shorter, weaker.</summary>
/// <remarks>The streams of a seed are independent by name, so what stays keeps its draws.</remarks>
public static class Shrinker
{
    /// <param name="scenario">The scenario that failed.</param>
    /// <param name="failed">How.</param>
    /// <param name="settings">Bounds.</param>
    public static Shrunk Shrink(Scenario scenario, RunResult failed, ShrinkSettings settings)
    {
        var search = new Search(scenario with { FaultPlan = failed.Faults, Faults = FaultMix.None }, failed, settings);
        var before = SizeOf(search.Best);
        bool smaller;
        do
        {
            smaller = false;
            foreach (var step in ShrinkSteps.All)
            {
                while (!search.Over && step(search.Best).FirstOrDefault(search.StillFails) is { } found)
                {
                    search.Take(found);
                    smaller = true;
                }
            }
        }
        while (smaller && !search.Over);
        return new Shrunk(search.Best, search.Result, search.Made, $"{before} became {SizeOf(search.Best)}");
    }

    private static string SizeOf(Scenario scenario) =>
        $"{scenario.FaultPlan?.Count ?? 0} faults, {scenario.Changes.Count} changes, {scenario.Clients.Count} clients, {scenario.Objects.Count} objects, {scenario.World.Nodes} nodes, {VirtualTime.Text(scenario.DurationMicroseconds)}";

    private sealed class Search(Scenario scenario, RunResult failed, ShrinkSettings settings)
    {
        private RunResult? _latest;
        private RunResult? _best;

        public Scenario Best { get; private set; } = scenario;

        public RunResult Result => _best ?? failed;

        public int Made { get; private set; }

        public bool Over => Made >= settings.Tries || settings.Cancelled();

        public bool StillFails(Scenario candidate)
        {
            if (Over) return false;
            Made++;
            try
            {
                _latest = SimulationRun.Run(candidate, failed.Seed, settings.Run);
            }
            catch (ScenarioException)
            {
                return false; // It names something that was taken away.
            }
            return _latest.Violation?.Invariant == failed.Violation!.Invariant;
        }

        public void Take(Scenario found)
        {
            (Best, _best) = (found, _latest);
            settings.Progress?.Invoke($"run {Made}: {SizeOf(found)}");
        }
    }
}
