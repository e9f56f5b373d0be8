using System.CommandLine;
using System.Diagnostics;
using ClusterEmu.Cli.Benchmarks;
using ClusterEmu.Cli.Commands;
using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary><c>clusteremu bench simulation</c>: how much faster than the clock virtual time goes.</summary>
internal static class SimulationBenchmark
{
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "How many runs; the best counts, and the first ones are compiled on the way.", DefaultValueFactory = _ => 10 };
        var seconds = new Option<int>("--seconds") { Description = "Virtual seconds of one run under load, 1 to 3600.", DefaultValueFactory = _ => 300 };
        var seeds = new Option<int>("--seeds") { Description = "Seeds of the one-minute scenario; their time is scaled to 1,000.", DefaultValueFactory = _ => 100 };
        return BenchCommand.Bench("simulation", "Virtual time per real time: 3 nodes, 20 Pods, 5 Services, 100 requests per virtual second.", [runs, seconds, seeds], (result, token) =>
            Task.FromResult(Run(result.GetValue(runs), result.GetValue(seconds), result.GetValue(seeds), token)));
    }

    private static IReadOnlyList<Figure> Run(int runs, int seconds, int seeds, CancellationToken token)
    {
        var scenario = SimulationSamples.Carried("simulation/benchmark.yaml");
        var quiet = scenario with { Faults = FaultMix.None, DurationMicroseconds = seconds * VirtualTime.Second };
        var best = 0.0;
        RunResult? last = null;
        for (var run = 0; run < Math.Max(1, runs) && !token.IsCancellationRequested; run++)
        {
            var outcome = SeedSweep.Run(quiet, [1], workers: 1)[0];
            last = outcome.Result.Failed ? throw new CommandFailure(FailureReport.Text(quiet, outcome.Result)) : outcome.Result;
            best = Math.Max(best, last.VirtualMicroseconds / 1e6 / outcome.Wall.TotalSeconds);
        }
        var clock = Stopwatch.StartNew();
        var workers = Math.Min(2, Environment.ProcessorCount);
        var outcomes = SeedSweep.Run(scenario, [.. Enumerable.Range(1, Math.Max(1, seeds)).Select(seed => (ulong)seed)], workers, cancellation: token);
        var each = clock.Elapsed.TotalSeconds / Math.Max(1, outcomes.Count);
        return
        [
            new Figure("virtual seconds per real second, one core", best, "s/s"),
            new Figure("requests in that run", last?.Requests ?? 0, ""),
            new Figure($"1000 seeds of one minute with faults on {workers} cores (scaled from {outcomes.Count})", each * 1000, "s"),
            new Figure("of those seeds failed", outcomes.Count(outcome => outcome.Result.Failed), ""),
        ];
    }
}
