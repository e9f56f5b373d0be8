using System.Diagnostics;
using System.Globalization;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>up --detach</c>: starts a launcher in a session of its own, and waits until it says that all is ready.</summary>
internal static class DetachedLauncher
{
    public static async Task<int> RunAsync(UpOptions options, string standardInput, TimeSpan patience, CancellationToken cancellationToken)
    {
        var folder = ClusterFolder.Of(options.Name, options.StateDirectory);
        folder.Prepare();
        folder.Lock().Dispose(); // Tells at once if it runs already.
        if (folder.Read() is { } old) folder.Write(old with { Ready = false, Failure = "", LauncherPid = 0 });
        var info = SelfInvocation.Create(Arguments(options));
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.Environment["CLUSTEREMU_DETACHED"] = Path.Combine(folder.Logs, "launcher.log");
        using var process = Process.Start(info) ?? throw new CommandFailure($"{info.FileName} could not be started again. Build the program again.");
        await process.StandardInput.WriteAsync(standardInput.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var until = Stopwatch.GetTimestamp();
        while (true)
        {
            if (folder.Read() is { } record && record.LauncherPid == process.Id)
            {
                if (record.Ready)
                {
                    UpSummary.Print(Console.Out, record, folder, options, detached: true);
                    return 0;
                }
                if (record.Failure.Length > 0) throw new CommandFailure(record.Failure);
            }
            if (process.HasExited) throw new CommandFailure((await errors).Trim() is { Length: > 0 } text ? text : $"The launcher ended with exit code {process.ExitCode}. See {folder.Logs}.", Math.Max(1, process.ExitCode));
            if (Stopwatch.GetElapsedTime(until) > patience + TimeSpan.FromSeconds(5)) throw new CommandFailure($"The cluster did not become ready within {patience.TotalSeconds:0} s. See {folder.Logs}; end it with 'clusteremu down{folder.Options}'.");
            await Task.Delay(20, cancellationToken);
        }
    }

    private static List<string> Arguments(UpOptions options)
    {
        List<string> arguments =
        [
            "up", "--name", options.Name, "--nodes", Number(options.Nodes), "--node-processes", Number(options.NodeProcesses),
            "--zones", Number(options.Zones), "--proxy-mode", options.ProxyMode, "--profile", options.Profile, "--api-port", Number(options.ApiPort),
        ];
        if (options.StateDirectory is { } state) arguments.AddRange(["--state-dir", state]);
        if (options.Kubeconfig is { } kubeconfig) arguments.AddRange(["--kubeconfig", kubeconfig]);
        if (options.ConfigFile is { } config) arguments.AddRange(["--config", config]);
        foreach (var manifest in options.Manifests) arguments.AddRange(["-f", manifest]);
        return arguments;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
