using System.CommandLine;
using System.Diagnostics;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu up</c>.</summary>
internal static class UpCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var name = CommonOptions.Name();
        var nodes = new Option<int>("--nodes") { Description = "How many emulated nodes, 1 to 5000.", DefaultValueFactory = _ => 3 };
        var processes = new Option<int>("--node-processes") { Description = "How many processes share them, 1 to 64.", DefaultValueFactory = _ => 2 };
        var zones = new Option<int>("--zones") { Description = "How many zones the nodes are dealt to, 1 to 26.", DefaultValueFactory = _ => 1 };
        var mode = new Option<string>("--proxy-mode") { Description = "iptables (a random endpoint per connection) or ipvs (round robin).", DefaultValueFactory = _ => "iptables" };
        var profile = new Option<string>("--profile") { Description = "default (Kubernetes' own times: a dead node is noticed after 40-50 s) or fast (5 s).", DefaultValueFactory = _ => "default" };
        var state = CommonOptions.StateDirectory();
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "Write the context to this file only. Default: merge it into your kubeconfig and make it current." };
        var port = new Option<int>("--api-port") { Description = "Port of the API on 127.0.0.1. 0: the cluster's former one, or any free one.", DefaultValueFactory = _ => 0 };
        var config = new Option<string?>("--config") { Description = "A HOCON file over the defaults in hocon/reference.conf." };
        var manifests = new Option<string[]>("--filename", "-f") { Description = "Manifests to apply once the cluster is ready.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var detach = new Option<bool>("--detach") { Description = "Return once the cluster is ready, and leave it running." };
        var command = new Command("up", "Start a cluster of several processes on this machine, and point kubectl at it.")
        {
            name, nodes, processes, zones, mode, profile, state, kubeconfig, port, config, manifests, detach,
        };
        command.Does(async (result, token) =>
        {
            var options = new UpOptions
            {
                Name = result.GetValue(name)!,
                Nodes = result.GetValue(nodes),
                NodeProcesses = result.GetValue(processes),
                Zones = result.GetValue(zones),
                ProxyMode = result.GetValue(mode)!,
                Profile = result.GetValue(profile)!,
                StateDirectory = result.GetValue(state),
                Kubeconfig = result.GetValue(kubeconfig),
                ApiPort = result.GetValue(port),
                ConfigFile = result.GetValue(config),
                Manifests = result.GetValue(manifests)!,
            };
            return result.GetValue(detach) ? await DetachedLauncher.RunAsync(options, Patience, token) : await RunAsync(options, token);
        });
        return command;
    }

    /// <summary>Starts the cluster and stays until it is told to stop.</summary>
    private static async Task<int> RunAsync(UpOptions options, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        if (Environment.GetEnvironmentVariable("CLUSTEREMU_DETACHED") is { Length: > 0 } log) Detach(log);
        using var stop = StopSignal.Listen(cancellationToken);
        await using var launcher = await Launcher.StartAsync(options, stop.Token);
        try
        {
            await BringUpAsync(launcher, options, began, stop.Token);
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
        UpSummary.Print(Console.Out, launcher.Record, options, detached: false);
        await stop.WaitAsync();
        Console.Out.WriteLine($"Stopping cluster '{options.Name}'.");
        return 0;
    }

    private static void Detach(string log)
    {
        Environment.SetEnvironmentVariable("CLUSTEREMU_DETACHED", null);
        PosixSignals.LeaveSession();
        Console.SetOut(new StreamWriter(log, append: true) { AutoFlush = true });
    }

    /// <summary>Waits for readiness, applies the manifests, and notes the time it took.</summary>
    internal static async Task BringUpAsync(Launcher launcher, UpOptions options, long began, CancellationToken cancellationToken, Action<string>? progress = null)
    {
        using var api = new ApiConnection(launcher.Record.ApiAddress, ClusterPki.Open(launcher.Folder.Pki), TimeSpan.FromSeconds(5));
        await Readiness.WaitAsync(api, options.Nodes, () => launcher.Refusal, Patience, progress ?? (_ => { }), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var manifest in options.Manifests) await ManifestCommands.ApplyFileAsync(api, manifest, Console.Out, cancellationToken);
        launcher.MarkReady(seconds);
    }
}
