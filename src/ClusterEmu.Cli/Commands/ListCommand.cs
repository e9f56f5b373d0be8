using System.CommandLine;
using System.Globalization;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu list</c>.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List all clusters in ~/.clusteremu (or CLUSTEREMU_HOME), running or not. 'status --state-dir' shows one that lies elsewhere.");
        command.Examples("clusteremu list");
        command.Does((_, _) =>
        {
            var rows = ClusterFolder.All().Select(folder => (Folder: folder, Record: folder.Read())).Where(row => row.Record is not null).ToList();
            if (rows.Count == 0)
            {
                Console.Out.WriteLine($"No clusters in {ClusterFolder.Root}. Start one with 'clusteremu up'.");
                return Task.FromResult(0);
            }
            TextTable.Print(Console.Out, ["NAME", "STATUS", "API", "PROCESSES", "STATE DIRECTORY"], rows.Select(row => (IReadOnlyList<string>)
            [
                row.Folder.Name,
                !row.Record!.IsRunning ? "Stopped" : row.Record.Ready ? "Ready" : "Starting",
                row.Record.ApiAddress.ToString().TrimEnd('/'),
                row.Record.IsRunning ? row.Record.Processes.Count.ToString(CultureInfo.InvariantCulture) : "0",
                row.Folder.Path,
            ]));
            return Task.FromResult(0);
        });
        return command;
    }
}
