using System.CommandLine;
using System.Diagnostics;
using ClusterEmu.Cli.Kubeconfigs;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu down</c>.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var name = CommonOptions.Name();
        var state = CommonOptions.StateDirectory();
        var purge = new Option<bool>("--purge") { Description = "Also delete the state directory, with all objects, keys and logs." };
        var command = new Command("down", "End a cluster. Its state stays, and 'up' takes it on, unless --purge is given.") { name, state, purge };
        command.Examples("clusteremu down", "clusteremu down --name lab --purge");
        command.Does(async (result, token) =>
        {
            var folder = ClusterFolder.Of(result.GetValue(name)!, result.GetValue(state));
            if (folder.Read() is not { } record)
            {
                if (result.GetValue(purge) && Directory.Exists(folder.Path)) throw new CommandFailure($"{folder.Path} holds no cluster (it has no cluster.json), so it was not deleted. Check the name: 'clusteremu list' shows all.");
                throw new CommandFailure($"There is no cluster '{folder.Name}' in {folder.Path}. 'clusteremu list' shows all.");
            }
            if (record.IsRunning) await StopAsync(record, token);
            else await TakeBackAsync(folder, record, token);
            if (result.GetValue(purge)) Directory.Delete(folder.Path, recursive: true);
            Console.Out.WriteLine($"Cluster '{folder.Name}' is down{(result.GetValue(purge) ? $", and {folder.Path} is deleted" : "")}.");
            return 0;
        });
        return command;
    }

    private static async Task StopAsync(ClusterRecord record, CancellationToken cancellationToken)
    {
        PosixSignals.Send(record.LauncherPid, PosixSignals.Terminate);
        var began = Stopwatch.GetTimestamp();
        while (record.IsRunning)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                PosixSignals.Send(record.LauncherPid, PosixSignals.Kill); // Its processes end with it.
                throw new CommandFailure($"The launcher (process {record.LauncherPid}) did not end within {Patience.TotalSeconds:0} s and was killed. Its log is in the state directory under logs/. Run 'clusteremu down' once more to take the kubeconfig entries back.");
            }
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>The launcher died without taking its entries back: do it for it.</summary>
    private static async Task TakeBackAsync(ClusterFolder folder, ClusterRecord record, CancellationToken cancellationToken)
    {
        if (record.MergedInto is not { } kubeconfig) return;
        await KubeconfigFiles.RemoveAsync(kubeconfig, $"clusteremu-{record.Name}", record.FormerContexts, Environment.GetEnvironmentVariable("KUBECONFIG"), cancellationToken);
        folder.Write(record with { LauncherPid = 0, Ready = false, Processes = [], MergedInto = null });
    }
}
