using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.Benchmarks;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu bench</c>: the budgets of the design, measured on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure this build on this machine. Run it on a quiet machine, and compare ratios.")
    {
        Startup(), Api(), Pods(),
    };

    private static Command Startup()
    {
        var runs = new Option<int>("--runs") { Description = "How many starts.", DefaultValueFactory = _ => 10 };
        var rest = new Option<int>("--rest") { Description = "Seconds at rest before memory is read.", DefaultValueFactory = _ => 30 };
        return Bench("startup", "Time until a cluster is ready, and its memory at rest.", [runs, rest], (result, token) => StartupBenchmark.RunAsync(result.GetValue(runs), result.GetValue(rest), token));
    }

    private static Command Api()
    {
        var writes = new Option<int>("--writes") { Description = "How many writes.", DefaultValueFactory = _ => 8000 };
        return Bench("api", "Durable writes and lists over HTTPS.", [writes], (result, token) => ApiBenchmark.RunAsync(result.GetValue(writes), token));
    }

    private static Command Pods()
    {
        var replicas = new Option<int>("--replicas") { Description = "Up to how many Pods.", DefaultValueFactory = _ => 300 };
        var flips = new Option<int>("--flips") { Description = "How many selector changes.", DefaultValueFactory = _ => 40 };
        return Bench("pods", "Scale-up until in Endpoints, and selector changes.", [replicas, flips], (result, token) => PodBenchmark.RunAsync(result.GetValue(replicas), result.GetValue(flips), token));
    }

    private static Command Bench(string name, string description, IReadOnlyList<Option> options, Func<ParseResult, CancellationToken, Task<IReadOnlyList<Figure>>> run)
    {
        var output = CommonOptions.Output("text", "json");
        var command = new Command(name, description) { output };
        foreach (var option in options) command.Add(option);
        command.Does(async (result, token) =>
        {
            var figures = await run(result, token);
            if (result.GetValue(output) == "json")
            {
                var json = new JsonObject { ["benchmark"] = name, ["figures"] = new JsonArray([.. figures.Select(figure => (JsonNode)new JsonObject { ["name"] = figure.Name, ["value"] = figure.Value, ["unit"] = figure.Unit })]) };
                Console.Out.WriteLine(json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            }
            else
            {
                foreach (var figure in figures) Console.Out.WriteLine(figure);
            }
            return 0;
        });
        return command;
    }
}
