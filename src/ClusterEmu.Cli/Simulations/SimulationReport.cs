using System.Text.Json.Nodes;
using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary>What <c>simulate</c> prints.</summary>
internal static class SimulationReport
{
    public static void Text(TextWriter output, Scenario scenario, IReadOnlyList<SeedOutcome> outcomes, RunResult? failed, TimeSpan elapsed, bool single)
    {
        if (single && failed is null && outcomes is [var (only, _)])
        {
            foreach (var line in only.Log) output.WriteLine(line);
            output.WriteLine($"Hash {only.HashText}.");
        }
        var seconds = Math.Max(0.001, elapsed.TotalSeconds);
        var virtualSeconds = outcomes.Sum(outcome => outcome.Result.VirtualMicroseconds) / 1e6;
        output.WriteLine(FormattableString.Invariant(
            $"{scenario.Name}: {outcomes.Count} {(outcomes.Count == 1 ? "seed" : "seeds")} in {seconds:0.0} s ({outcomes.Count / seconds:0.0} per second); {virtualSeconds:0} virtual seconds, {outcomes.Sum(outcome => outcome.Result.Steps)} steps, {outcomes.Sum(outcome => outcome.Result.Requests)} requests, {outcomes.Sum(outcome => outcome.Result.Faults.Count)} faults."));
        var failures = outcomes.Count(outcome => outcome.Result.Failed);
        output.WriteLine(failures == 0 ? "All invariants held." : $"{failures} failed: {string.Join(", ", outcomes.Where(outcome => outcome.Result.Failed).Take(20).Select(outcome => outcome.Result.Seed))}{(failures > 20 ? ", ..." : "")}.");
        if (failed is not null)
        {
            output.WriteLine();
            output.WriteLine(FailureReport.Text(scenario, failed, single ? 60 : 20));
        }
    }

    public static JsonObject Json(Scenario scenario, IReadOnlyList<SeedOutcome> outcomes, RunResult? failed, TimeSpan elapsed)
    {
        var report = new JsonObject
        {
            ["scenario"] = scenario.Name,
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
            ["seedsPerSecond"] = Math.Round(outcomes.Count / Math.Max(0.001, elapsed.TotalSeconds), 2),
            ["failed"] = outcomes.Count(outcome => outcome.Result.Failed),
            ["seeds"] = new JsonArray([.. outcomes.Select(outcome => (JsonNode)Seed(scenario, outcome))]),
        };
        if (failed is not null)
        {
            report["firstFailure"] = new JsonObject
            {
                ["seed"] = failed.Seed,
                ["log"] = new JsonArray([.. failed.Log.Select(line => (JsonNode)line)]),
                ["trace"] = new JsonArray([.. failed.Trace.Select(line => (JsonNode)line)]),
                ["replay"] = FailureReport.ReplayLine(scenario, failed.Seed),
            };
        }
        return report;
    }

    private static JsonObject Seed(Scenario scenario, SeedOutcome outcome)
    {
        var result = outcome.Result;
        var json = new JsonObject
        {
            ["seed"] = result.Seed,
            ["hash"] = result.HashText,
            ["steps"] = result.Steps,
            ["virtualSeconds"] = result.VirtualMicroseconds / 1_000_000m,
            ["requests"] = result.Requests,
            ["answered"] = result.Answered,
            ["faults"] = result.Faults.Count,
            ["milliseconds"] = (long)outcome.Wall.TotalMilliseconds,
        };
        if (result.Violation is { } violation)
        {
            json["violation"] = new JsonObject { ["invariant"] = violation.Invariant, ["at"] = violation.AtMicroseconds / 1_000_000m, ["what"] = violation.What };
            json["replay"] = FailureReport.ReplayLine(scenario, result.Seed);
        }
        return json;
    }
}
