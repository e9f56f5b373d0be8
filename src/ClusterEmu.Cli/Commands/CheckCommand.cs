using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.Checks;
using ClusterEmu.Cli.Checks.Fuzz;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu check</c>: this build held against what an API server promises.</summary>
internal static class CheckCommand
{
    public static Command Create() => new("check", "Hold this build against what a Kubernetes API server promises, in a cluster that is made for it.") { History(), Fuzz() };

    private static Command History()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long clients write and watch, 1 to 86400.", DefaultValueFactory = _ => 60 };
        var writers = new Option<int>("--writers") { Description = "Clients that write and read, 1 to 64.", DefaultValueFactory = _ => 6 };
        var watchers = new Option<int>("--watchers") { Description = "Clients that watch, 1 to 64: fast, slow and restless ones in turn.", DefaultValueFactory = _ => 6 };
        var kills = new Option<int>("--kills") { Description = "How often the API server is killed meanwhile, 0 to 1000.", DefaultValueFactory = _ => 5 };
        var seed = new Option<int?>("--seed") { Description = "Of the clients' choices. Default: drawn, and printed." };
        var output = CommonOptions.Output("text", "json");
        var command = new Command("history", "Record what concurrent clients are told while the API server is killed and its history compacted, and check the six guarantees of watches, and that writes and reads are linearizable.")
        {
            seconds, writers, watchers, kills, seed, output,
        };
        command.Examples("clusteremu check history", "clusteremu check history --seconds 600 --kills 60 --writers 16 --watchers 24");
        command.Does(async (result, token) =>
        {
            var options = new HistoryOptions(
                TimeSpan.FromSeconds(InRange(result, seconds, 1, 86_400)), InRange(result, writers, 1, 64), InRange(result, watchers, 1, 64), InRange(result, kills, 0, 1000),
                result.GetValue(seed) ?? Random.Shared.Next(1_000_000));
            var findings = await HistoryCheck.RunAsync(options, token);
            if (result.GetValue(output) == "json") Console.Out.WriteLine(Json(options, findings).ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            else Print(options, findings);
            return findings.Problems.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Command Fuzz()
    {
        var requests = new Option<int>("--requests") { Description = "How many requests, 100 to 100,000,000.", DefaultValueFactory = _ => 100_000 };
        var warmUp = new Option<int>("--warm-up") { Description = "After so many of them memory is weighed for the first time.", DefaultValueFactory = _ => 10_000 };
        var clients = new Option<int>("--clients") { Description = "How many send side by side, 1 to 64.", DefaultValueFactory = _ => 4 };
        var seed = new Option<int?>("--seed") { Description = "Of all that is drawn. Default: drawn itself, and printed." };
        var command = new Command("fuzz", "Send generated requests, right and wrong: each must get a Status with the right code, never a 500 or silence, and nothing may be left of them.")
        {
            requests, warmUp, clients, seed,
        };
        command.Examples("clusteremu check fuzz", "clusteremu check fuzz --requests 1000000 --seed 7");
        command.Does(async (result, token) =>
        {
            var all = InRange(result, requests, 100, 100_000_000);
            var options = new FuzzOptions(all, InRange(result, warmUp, 1, all - 1), InRange(result, clients, 1, 64), result.GetValue(seed) ?? Random.Shared.Next(1_000_000));
            var findings = await FuzzCheck.RunAsync(options, Console.Out.WriteLine, token);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Seed {options.Seed}: {findings.Requests} requests. Heap {findings.Warm.HeapBytes / 1048576.0:0.0} MiB after {options.WarmUp}, {findings.End.HeapBytes / 1048576.0:0.0} MiB at the end; connections {findings.Warm.Connections} and {findings.End.Connections}, watches {findings.Warm.Watches} and {findings.End.Watches}."));
            foreach (var problem in findings.Problems) Console.Out.WriteLine(problem);
            Console.Out.WriteLine(findings.Problems.Count == 0 ? "All answers were right, and nothing is left." : $"{findings.Problems.Count} problems.");
            return findings.Problems.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Print(HistoryOptions options, HistoryFindings findings)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Seed {options.Seed}: {findings.Writes} writes ({findings.Acknowledged} acknowledged, {findings.Unknown} unknown), {findings.Reads} reads, {findings.Watches} watches with {findings.Events} events, {findings.Expired} expired, {findings.Kills} kills."));
        foreach (var problem in findings.Problems.Take(20)) Console.Out.WriteLine(problem);
        Console.Out.WriteLine(findings.Problems.Count == 0 ? "All promises were kept." : $"{findings.Problems.Count} promises were broken.");
    }

    private static JsonObject Json(HistoryOptions options, HistoryFindings findings) => new()
    {
        ["seed"] = options.Seed,
        ["writes"] = findings.Writes,
        ["acknowledged"] = findings.Acknowledged,
        ["unknown"] = findings.Unknown,
        ["reads"] = findings.Reads,
        ["watches"] = findings.Watches,
        ["events"] = findings.Events,
        ["expired"] = findings.Expired,
        ["kills"] = findings.Kills,
        ["problems"] = new JsonArray([.. findings.Problems.Select(problem => (JsonNode)new JsonObject { ["guarantee"] = $"{problem.Guarantee}", ["message"] = problem.Message })]),
    };

    /// <exception cref="CommandFailure">The value lies outside.</exception>
    private static int InRange(ParseResult result, Option<int> option, int least, int most) => result.GetValue(option) is var value && value >= least && value <= most
        ? value
        : throw new CommandFailure($"{option.Name} is {value}, but must be {least} to {most}.", 2);
}
