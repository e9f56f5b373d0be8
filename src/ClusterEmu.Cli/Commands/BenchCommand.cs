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
        Startup(), Api(), Pods(), Actors(), DataPlane(), Propagation(), FastPath(),
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
        var pause = new Option<int>("--pause") { Description = "Milliseconds between two selector changes.", DefaultValueFactory = _ => 100 };
        return Bench("pods", "Scale-up until in Endpoints, and selector changes.", [replicas, flips, pause], (result, token) =>
            PodBenchmark.RunAsync(result.GetValue(replicas), result.GetValue(flips), TimeSpan.FromMilliseconds(result.GetValue(pause)), token));
    }

    private static Command Actors()
    {
        var runs = Runs();
        var idle = new Option<int>("--idle") { Description = "How many idle actors to weigh.", DefaultValueFactory = _ => 1_000_000 };
        return Bench("actors", "Tells, asks and creations of the actor runtime, and the weight of an idle actor.", [runs, idle], (result, _) =>
            Task.FromResult<IReadOnlyList<Figure>>([.. ActorBenchmarks.Run(result.GetValue(runs), result.GetValue(idle)).Select(found => new Figure(found.Name, found.Value, found.Unit))]));
    }

    private static Command DataPlane()
    {
        var runs = Runs();
        var decisions = new Option<int>("--decisions") { Description = "How many decisions per run.", DefaultValueFactory = _ => 1_000_000 };
        return Bench("dataplane", "Decisions of a node's data path, and compiling of its tables, on one thread.", [runs, decisions], (result, _) =>
            Task.FromResult<IReadOnlyList<Figure>>([.. DataPathBenchmarks.Run(result.GetValue(runs), result.GetValue(decisions)).Select(found => new Figure(found.Name, found.Value, "per s"))]));
    }

    private static Command Propagation()
    {
        var nodes = new Option<int>("--nodes") { Description = "How many nodes, 1 to 256.", DefaultValueFactory = _ => 100 };
        var changes = new Option<int>("--changes") { Description = "How many selector changes, 2.1 s apart.", DefaultValueFactory = _ => 20 };
        return Bench("propagation", "An isolated selector change until it is in every node's table.", [nodes, changes], (result, token) => PropagationBenchmark.RunAsync(result.GetValue(nodes), result.GetValue(changes), token));
    }

    private static Option<int> Runs() => new("--runs") { Description = "How many runs of each; the best counts.", DefaultValueFactory = _ => 3 };

    private static Command FastPath()
    {
        var runs = Runs();
        var requests = new Option<int>("--requests") { Description = "How many requests per run.", DefaultValueFactory = _ => 2_000_000 };
        return Bench("fastpath", "Requests through ClusterIPs as messages, with 10 and 10,000 Services.", [runs, requests], (result, token) => FastPathBenchmark.RunAsync(result.GetValue(runs), result.GetValue(requests), token));
    }

    /// <summary>A benchmark: its options, and how its figures come about.</summary>
    internal static Command Bench(string name, string description, IReadOnlyList<Option> options, Func<ParseResult, CancellationToken, Task<IReadOnlyList<Figure>>> run)
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
