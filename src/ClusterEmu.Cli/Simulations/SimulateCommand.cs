using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.Commands;
using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary><c>clusteremu simulate</c>: a whole cluster in virtual time, seed by seed.</summary>
internal static class SimulateCommand
{
    /// <summary>As for a test: something did not hold.</summary>
    private const int SomeFailed = 1;

    public static Command Create()
    {
        var file = new Argument<string?>("SCENARIO") { Description = "A scenario file; see samples/simulation. Default: the guide's Services.", Arity = ArgumentArity.ZeroOrOne };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds, 1 to 10000000.", DefaultValueFactory = _ => 1000 };
        var first = new Option<ulong>("--first") { Description = "The first of them.", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong?>("--seed") { Description = "Just this one, with its log, and its trace if it fails." };
        var parallel = new Option<int>("--parallel") { Description = "Seeds at a time. 0: as many as this machine has processors." };
        var hashes = new Option<bool>("--hashes") { Description = "Print the trace hash of each seed; false: do not.", DefaultValueFactory = _ => true };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Go on after a seed that fails." };
        var shrink = new Option<bool>("--shrink") { Description = "Make a smaller scenario of the first seed that fails, as a file NAME-seed-S.yaml." };
        var tries = new Option<int>("--tries") { Description = "Runs that --shrink may make.", DefaultValueFactory = _ => 300 };
        var output = CommonOptions.Output("text", "json");
        var command = new Command("simulate", "Run a whole cluster in one thread and virtual time, everything chosen by a seed, with faults; check what must always hold.")
        {
            file, seeds, first, seed, parallel, hashes, keepGoing, shrink, tries, output,
        };
        command.Examples(
            "clusteremu simulate --seeds 100",
            "clusteremu simulate samples/simulation/rolling-update.yaml",
            "clusteremu simulate samples/simulation/node-crash.yaml --seed 17",
            "clusteremu simulate samples/simulation/node-crash.yaml --seed 17 --shrink");
        command.Does((result, token) =>
        {
            var count = result.GetValue(seeds);
            var workers = result.GetValue(parallel);
            if (count is < 1 or > 10_000_000) throw new CommandFailure($"--seeds is {count}, but must be 1 to 10000000.", 2);
            if (workers is < 0 or > 1024) throw new CommandFailure($"--parallel is {workers}, but must be 0 to 1024. 0 takes as many as there are processors.", 2);
            if (result.GetValue(tries) < 1) throw new CommandFailure($"--tries is {result.GetValue(tries)}, but must be 1 or more.", 2);
            var plan = new SimulationPlan(
                SimulationSamples.Load(result.GetValue(file)),
                result.GetValue(seed) is { } one ? [one] : [.. Enumerable.Range(0, count).Select(number => result.GetValue(first) + (ulong)number)],
                workers > 0 ? workers : Environment.ProcessorCount,
                result.GetValue(keepGoing));
            var json = result.GetValue(output) == "json";
            var single = result.GetValue(seed) is not null;
            return Task.FromResult(Run(plan, json, single, result.GetValue(hashes), result.GetValue(shrink) ? result.GetValue(tries) : 0, token));
        });
        return command;
    }

    private static int Run(SimulationPlan plan, bool json, bool single, bool hashes, int tries, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        var progress = new SimulationProgress(plan.Seeds.Count, json ? null : Console.Error, Console.IsErrorRedirected);
        var lines = new SeedLines(plan.Seeds, hashes && !json && !single ? Console.Out : null);
        IReadOnlyList<SeedOutcome> outcomes;
        try
        {
            outcomes = SeedSweep.Run(plan.Scenario, plan.Seeds, plan.Workers, null, outcome =>
            {
                if (lines.IsNext(outcome)) progress.Clear();
                lines.Add(outcome);
                progress.Show(outcome);
                return plan.KeepGoing || !outcome.Result.Failed;
            }, token);
        }
        catch (ScenarioException refused)
        {
            throw new CommandFailure(refused.Message, 2);
        }
        progress.Clear();
        lines.Finish();
        var elapsed = clock.Elapsed;
        var failed = outcomes.FirstOrDefault(outcome => outcome.Result.Failed)?.Result;
        if (failed is not null) failed = ClusterEmu.Simulation.Simulation.Traced(plan.Scenario, failed, null);
        var shrunk = failed is not null && tries > 0 ? ShrinkReport.Make(plan.Scenario, failed, tries, json ? null : Console.Out, token) : null;
        if (json)
        {
            var report = SimulationReport.Json(plan.Scenario, outcomes, failed, elapsed);
            if (shrunk is not null) report["shrunk"] = new JsonObject { ["file"] = shrunk.File, ["tries"] = shrunk.Tries };
            Console.Out.WriteLine(JsonText.Print(report));
        }
        else
        {
            SimulationReport.Text(Console.Out, plan.Scenario, outcomes, failed, elapsed, single);
        }
        if (token.IsCancellationRequested) return 130;
        return failed is null ? 0 : SomeFailed;
    }
}

/// <summary>What a call of <c>simulate</c> runs.</summary>
internal sealed record SimulationPlan(Scenario Scenario, IReadOnlyList<ulong> Seeds, int Workers, bool KeepGoing);
