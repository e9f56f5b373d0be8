using System.CommandLine;
using System.Diagnostics;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Demonstration;
using ClusterEmu.Cli.Launching;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu demo</c>: a cluster of its own, and a walk through the guide.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var chapters = string.Join("\n", DemoScript.Chapters.Select(item => $"  {item.Number,2}  {item.Title}"));
        var name = new Option<string>("--name") { Description = "The cluster's name.", DefaultValueFactory = _ => "demo" };
        var chapter = new Option<int?>("--chapter") { Description = $"Walk this chapter only:\n{chapters}" };
        var exit = new Option<bool>("--exit") { Description = "End the cluster after the last chapter. Default: stay up until Ctrl-C." };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "Merge the context into this file only. Default: into yours (KUBECONFIG, or ~/.kube/config)." };
        var state = CommonOptions.StateDirectory();
        var mode = new Option<string>("--proxy-mode") { Description = "iptables or ipvs.", DefaultValueFactory = _ => "iptables" };
        var command = new Command("demo", $"Start a cluster of its own and walk the guide to Services in {DemoScript.Chapters.Count} chapters.") { name, chapter, exit, kubeconfig, state, mode };
        command.Examples("clusteremu demo", "clusteremu demo --chapter 4", "clusteremu demo --exit --kubeconfig ./kubeconfig");
        command.Does(async (result, token) =>
        {
            var wanted = result.GetValue(chapter);
            if (wanted is not null && DemoScript.Chapters.All(item => item.Number != wanted))
                throw new CommandFailure($"There is no chapter {wanted}. There are 1 to {DemoScript.Chapters.Count}:\n{chapters}", 2);
            var options = new UpOptions
            {
                Name = result.GetValue(name)!,
                Kubeconfig = result.GetValue(kubeconfig),
                StateDirectory = result.GetValue(state),
                ProxyMode = result.GetValue(mode)!,
                Profile = "fast",
                Demo = true,
            };
            return await RunAsync(options, wanted, result.GetValue(exit), token);
        });
        return command;
    }

    private static async Task<int> RunAsync(UpOptions options, int? chapter, bool exit, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var output = new DemoOutput();
        using var stop = StopSignal.Listen(cancellationToken);
        output.Step($"Starting cluster '{options.Name}': a control plane, two node processes and the cloud's edge.");
        await using var launcher = await Launcher.StartAsync(options, stop.Token);
        try
        {
            await UpCommand.BringUpAsync(launcher, options, began, stop.Token, stage => output.Step($"  {stage}"));
            UpSummary.Print(Console.Out, launcher.Record, launcher.Folder, options, detached: false);
            using var api = new ApiConnection(launcher.Record.ApiAddress, ClusterPki.Open(launcher.Folder.Pki));
            var failed = await WalkAsync(api, output, launcher.Folder.Options, launcher.Record.Slot, chapter, stop.Token);
            if (!exit)
            {
                Console.Out.WriteLine("The cluster stays up: try the commands above in another terminal. Ctrl-C ends it.");
                await stop.WaitAsync();
            }
            return failed == 0 ? 0 : 1;
        }
        catch (CommandFailure failure)
        {
            launcher.MarkFailed(failure.Message);
            throw;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return 130;
        }
    }

    private static async Task<int> WalkAsync(ApiConnection api, DemoOutput output, string nameOption, int slot, int? only, CancellationToken cancellationToken)
    {
        var results = new List<(DemoChapter Chapter, IReadOnlyList<string> Failures)>();
        foreach (var item in DemoScript.Chapters.Where(item => only is null || item.Number == only))
        {
            var stage = new DemoStage(api, output, nameOption, slot, cancellationToken);
            output.Chapter(item.Number, item.Title);
            output.Story(item.Story);
            if (only is > 1) await DemoScript.PrepareAsync(stage, show: false);
            await item.RunAsync(stage);
            Console.Out.WriteLine("Try yourself:");
            foreach (var line in item.TryYourself) Console.Out.WriteLine("  " + (line.StartsWith("clusteremu", StringComparison.Ordinal) ? line + nameOption : line));
            results.Add((item, stage.Failures));
        }
        Console.Out.WriteLine();
        Console.Out.WriteLine("Summary");
        foreach (var (item, failures) in results)
        {
            Console.Out.WriteLine($"  {(failures.Count == 0 ? "ok    " : "FAILED")}  {item.Number,2}  {item.Title}");
            foreach (var failure in failures) Console.Out.WriteLine($"            {failure}");
        }
        return results.Count(result => result.Failures.Count > 0);
    }
}
