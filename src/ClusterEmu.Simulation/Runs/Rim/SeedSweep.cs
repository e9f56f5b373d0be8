using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ClusterEmu.Simulation;

/// <summary>A run with the time that it took on this machine.</summary>
public sealed record SeedOutcome(RunResult Result, TimeSpan Wall);

/// <summary>Runs many seeds of a scenario, each on one thread of its own workers; never on the thread pool.</summary>
public static class SeedSweep
{
    /// <summary>Runs the seeds; returns when all have run, or <paramref name="cancellation"/> was asked for.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="seeds">The seeds; they are begun in this order.</param>
    /// <param name="workers">How many at a time, 1 or more.</param>
    /// <param name="settings">How runs are watched.</param>
    /// <param name="each">Is told of each outcome as it comes, one at a time; false: begin no more seeds. Null: nobody.</param>
    /// <param name="cancellation">Ends the sweep after the seeds that have begun.</param>
    /// <returns>What was run, in the order of the seeds.</returns>
    /// <exception cref="ScenarioException">The scenario names something that does not exist.</exception>
    public static IReadOnlyList<SeedOutcome> Run(
        Scenario scenario, IReadOnlyList<ulong> seeds, int workers, RunSettings? settings = null, Func<SeedOutcome, bool>? each = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var outcomes = new SeedOutcome?[seeds.Count];
        var gate = new Lock();
        var next = -1;
        var stop = false;
        Exception? failure = null;
        var threads = Enumerable.Range(1, Math.Min(workers, Math.Max(1, seeds.Count))).Select(number => new Thread(Work) { Name = $"simulation-{number}", IsBackground = true }).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return [.. outcomes.OfType<SeedOutcome>()];

        void Work()
        {
            while (!Volatile.Read(ref stop) && !cancellation.IsCancellationRequested)
            {
                var index = Interlocked.Increment(ref next);
                if (index >= seeds.Count) return;
                try
                {
                    var clock = Stopwatch.StartNew();
                    var outcome = new SeedOutcome(SimulationRun.Run(scenario, seeds[index], settings), clock.Elapsed);
                    lock (gate)
                    {
                        outcomes[index] = outcome;
                        if (each is not null && !each(outcome)) stop = true;
                    }
                }
                catch (Exception problem) // Of a thread's own: left alone, it would end the whole program.
                {
                    lock (gate) failure ??= problem;
                    Volatile.Write(ref stop, true);
                }
            }
        }
    }
}
