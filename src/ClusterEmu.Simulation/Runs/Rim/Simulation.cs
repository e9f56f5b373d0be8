namespace ClusterEmu.Simulation;

/// <summary>Simulation for tests: many seeds of a scenario, and an exception that tells of the first that fails.</summary>
public static class Simulation
{
    private const int TraceSteps = 200;

    /// <summary>Runs seeds <paramref name="first"/>, first + 1, … on threads of its own.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="seeds">How many, 1 or more.</param>
    /// <param name="first">The first one.</param>
    /// <param name="parallel">How many at a time; 0: as many as the machine has processors.</param>
    /// <param name="settings">How runs are watched.</param>
    /// <param name="cancellation">Ends the runs after those that have begun.</param>
    /// <returns>The results, in the order of the seeds.</returns>
    /// <exception cref="SimulationFailedException">A seed failed; the message has the invariant, the trace's tail and the line that replays it.</exception>
    public static Task<IReadOnlyList<RunResult>> RunAsync(
        Scenario scenario, int seeds = 100, ulong first = 1, int parallel = 0, RunSettings? settings = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var done = new TaskCompletionSource<IReadOnlyList<RunResult>>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Work) { Name = "simulation", IsBackground = true }.Start();
        return done.Task;

        void Work()
        {
            try
            {
                var workers = parallel > 0 ? parallel : Environment.ProcessorCount;
                var outcomes = SeedSweep.Run(
                    scenario, [.. Enumerable.Range(0, seeds).Select(number => first + (ulong)number)], workers, settings, outcome => !outcome.Result.Failed, cancellation);
                if (outcomes.FirstOrDefault(outcome => outcome.Result.Failed) is { } failed)
                    done.SetException(new SimulationFailedException(FailureReport.Text(scenario, Traced(scenario, failed.Result, settings)), failed.Result));
                else if (cancellation.IsCancellationRequested) done.SetCanceled(cancellation);
                else done.SetResult([.. outcomes.Select(outcome => outcome.Result)]);
            }
            catch (Exception problem) // The caller's to handle, whatever it is.
            {
                done.SetException(problem);
            }
        }
    }

    /// <summary>Runs a failed seed again, now with its last steps. If it goes another way, the report says so.</summary>
    public static RunResult Traced(Scenario scenario, RunResult failed, RunSettings? settings)
    {
        var again = SimulationRun.Run(scenario, failed.Seed, (settings ?? new RunSettings()) with { TraceSteps = TraceSteps });
        if (again.Hash == failed.Hash) return again;
        return failed with { Log = [.. failed.Log, $"Run again, the seed went another way (hash {again.HashText} instead of {failed.HashText}): something in the run is left to chance. Find that first."] };
    }
}

/// <summary>A seed of a simulation failed. The message tells how, and how to see it again.</summary>
public sealed class SimulationFailedException(string message, RunResult result) : Exception(message)
{
    public RunResult Result { get; } = result;
}
