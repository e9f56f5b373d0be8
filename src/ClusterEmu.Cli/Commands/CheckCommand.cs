using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.Checks;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu check</c>: this build held against what an API server promises.</summary>
internal static class CheckCommand
{
    public static Command Create() => new("check", "Hold this build against what a Kubernetes API server promises, in a cluster that is made for it.") { History() };

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
