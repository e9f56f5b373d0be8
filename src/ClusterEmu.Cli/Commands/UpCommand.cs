using System.CommandLine;
using System.Diagnostics;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;
using ClusterEmu.Cli.Roles;
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
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "Merge the context into this file only. Default: into yours (KUBECONFIG, or ~/.kube/config)." };
        var port = new Option<int>("--api-port") { Description = "Port of the API on 127.0.0.1. 0: the cluster's former one, or any free one.", DefaultValueFactory = _ => 0 };
        var config = new Option<string?>("--config") { Description = "A HOCON file over the defaults in hocon/reference.conf. Options given here win over it." };
        var manifests = new Option<string[]>("--filename", "-f") { Description = "A manifest to apply once the cluster is ready, a folder of them, or - for standard input; may be repeated.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var detach = new Option<bool>("--detach") { Description = "Return once the cluster is ready, and leave it running." };
        var command = new Command("up", "Start a cluster of several processes on this machine, and point kubectl at it.")
        {
            name, nodes, processes, zones, mode, profile, state, kubeconfig, port, config, manifests, detach,
        };
        command.Examples(
            "clusteremu up",
            "clusteremu up --name lab --nodes 5 --zones 3 --proxy-mode ipvs --detach",
            "clusteremu up -f web.yaml -f manifests/ --kubeconfig ./kubeconfig",
            "clusteremu up --config my.conf      (my.conf: cluster-emu.kube-proxy.min-sync-period = 0s; every key: hocon/reference.conf)");
        command.Does(async (result, token) =>
        {
            var own = OwnConfiguration(result.GetValue(config));
            var options = new UpOptions
            {
                Name = result.GetValue(name)!,
                Nodes = Chosen(nodes, "cluster-emu.cluster.nodes", path => own!.GetInt(path)),
                NodeProcesses = result.GetValue(processes),
                Zones = Chosen(zones, "cluster-emu.cluster.zones", path => own!.GetInt(path)),
                ProxyMode = Chosen(mode, "cluster-emu.kube-proxy.mode", path => own!.GetString(path)!),
                Profile = Chosen(profile, "cluster-emu.controllers.profile", path => own!.GetString(path)!),
                StateDirectory = result.GetValue(state),
                Kubeconfig = result.GetValue(kubeconfig),
                ApiPort = Chosen(port, "cluster-emu.control-plane.listen-port", path => own!.GetInt(path)),
                ConfigFile = result.GetValue(config),
                Manifests = result.GetValue(manifests)!,
            };
            options.Check();
            var input = options.Manifests.Contains(ManifestFiles.StandardInput) ? await Console.In.ReadToEndAsync(token) : "";
            var files = await ManifestFiles.ReadAsync(options.Manifests, new StringReader(input), token);
            if (files.Failures.Count > 0) throw new CommandFailure(string.Join(Environment.NewLine, [.. files.Failures, "Nothing was started."]));
            return result.GetValue(detach) ? await DetachedLauncher.RunAsync(options, input, Patience, token) : await RunAsync(options, files, token);

            // An option that was given, else what the configuration file says, else the option's default.
            T Chosen<T>(Option<T> option, string path, Func<string, T> configured) =>
                result.GetResult(option) is { Implicit: false } || own is null || !own.HasPath(path) ? result.GetValue(option)! : configured(path);
        });
        return command;
    }

    /// <summary>The user's configuration file by itself; null if there is none.</summary>
    /// <exception cref="CommandFailure">It is no HOCON, has a key that there is not, or a value with which the processes could not work together.</exception>
    private static Config? OwnConfiguration(string? file)
    {
        if (file is null || !File.Exists(file)) return null;
        try
        {
            ClusterConfiguration.Load(RoleProcess.ReferenceText(), file);
            var own = ClusterConfiguration.Parse(HoconFiles.Read(file), file);
            var problems = UpConfiguration.Problems(own).ToList();
            return problems.Count == 0 ? own : throw new CommandFailure(string.Join(Environment.NewLine, problems.Select(problem => $"{file}: {problem}")), 2);
        }
        catch (HoconFileException failure)
        {
            throw new CommandFailure(failure.Message, 2);
        }
    }

    /// <summary>Starts the cluster and stays until it is told to stop.</summary>
    private static async Task<int> RunAsync(UpOptions options, ManifestFiles files, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        if (Environment.GetEnvironmentVariable("CLUSTEREMU_DETACHED") is { Length: > 0 } log) Detach(log);
        using var stop = StopSignal.Listen(cancellationToken);
        await using var launcher = await Launcher.StartAsync(options, stop.Token);
        try
        {
            await BringUpAsync(launcher, options, began, stop.Token, files: files);
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
        UpSummary.Print(Console.Out, launcher.Record, launcher.Folder, options, detached: false);
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
    internal static async Task BringUpAsync(Launcher launcher, UpOptions options, long began, CancellationToken cancellationToken, Action<string>? progress = null, ManifestFiles? files = null)
    {
        using var api = new ApiConnection(launcher.Record.ApiAddress, ClusterPki.Open(launcher.Folder.Pki), TimeSpan.FromSeconds(5));
        await Readiness.WaitAsync(api, options.Nodes, () => launcher.Refusal, Patience, progress ?? (_ => { }), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var applied = new StringWriter { NewLine = "\n" };
        if (files is not null) await ManifestCommands.ApplyAsync(api, files, applied, cancellationToken);
        launcher.MarkReady(seconds, applied.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
