namespace ClusterEmu.Simulation;

/// <summary>How a failing seed is shrunk.</summary>
public sealed record ShrinkSettings
{
    /// <summary>Runs that may be made. 1 or more. Default: 300.</summary>
    public int Tries { get; init; } = 300;

    public RunSettings Run { get; init; } = new();

    /// <summary>Asked before each run; true ends the search with what was found so far. Default: never.</summary>
    public Func<bool> Cancelled { get; init; } = static () => false;

    /// <summary>Is told of each step that made the scenario smaller, and every <see cref="Quiet"/> runs that none did. Null: nobody.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Gets each scenario that is smaller than the one before, as soon as it is known to fail, so that an end by force loses nothing. Null: nobody.</summary>
    public Action<Shrunk>? Smaller { get; init; }

    /// <summary>Runs without success after which <see cref="Progress"/> is told. 1 or more. Default: 10.</summary>
    public int Quiet { get; init; } = 10;
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
        return search.State;
    }

    private static string SizeOf(Scenario scenario) =>
        $"{scenario.FaultPlan?.Count ?? 0} faults, {scenario.Changes.Count} changes, {scenario.Clients.Count + (scenario.Writers?.Count ?? 0)} clients, {scenario.Objects.Count} objects, {scenario.World.Nodes} nodes, {VirtualTime.Text(scenario.DurationMicroseconds)}";

    private sealed class Search(Scenario scenario, RunResult failed, ShrinkSettings settings)
    {
        private RunResult? _latest;
        private readonly string _before = SizeOf(scenario);
        private RunResult? _best;
        private int _found;

        public Shrunk State => new(Best, Result, Made, $"{_before} became {SizeOf(Best)}");

        public Scenario Best { get; private set; } = scenario;

        public RunResult Result => _best ?? failed;

        public int Made { get; private set; }

        public bool Over => Made >= settings.Tries || settings.Cancelled();

        public bool StillFails(Scenario candidate)
        {
            if (Over) return false;
            if (Made > _found && (Made - _found) % settings.Quiet == 0) settings.Progress?.Invoke($"run {Made}: nothing smaller since run {_found}; at most {settings.Tries - Made} runs to go");
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
            (Best, _best, _found) = (found, _latest, Made);
            settings.Smaller?.Invoke(State);
            settings.Progress?.Invoke($"run {Made}: {SizeOf(found)}");
        }
    }
}
