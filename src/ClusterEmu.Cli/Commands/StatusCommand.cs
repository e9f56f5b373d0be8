using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var cluster = CommonOptions.Name();
        var state = CommonOptions.StateDirectory();
        var output = CommonOptions.Output("text", "json");
        var command = new Command("status", "Show a cluster's processes and nodes, and how far each node's routing table is.") { cluster, state, output };
        command.Examples("clusteremu status", "clusteremu status --name lab -o json");
        command.Does(async (result, token) =>
        {
            var folder = ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state));
            var record = folder.Running();
            using var api = ApiConnection.To(folder);
            var nodes = await ClusterStatus.NodesAsync(api, token);
            var edges = record.Processes.Where(process => process.Role == "edge").Select(process => process.Name);
            var listeners = await ClusterStatus.ListenersAsync(api, edges, token);
            if (result.GetValue(output) == "json") Console.Out.WriteLine(JsonText.Print(Json(record, nodes, listeners)));
            else Print(record, nodes, listeners);
            return 0;
        });
        return command;
    }

    private static void Print(ClusterRecord record, IReadOnlyList<NodeStatusRow> nodes, IReadOnlyList<HostListenerRow> listeners)
    {
        Console.Out.WriteLine($"Cluster '{record.Name}': {(record.Ready ? "ready" : "starting")}, API {record.ApiAddress.ToString().TrimEnd('/')}, kube-proxy mode {record.ProxyMode}, timing profile {record.Profile}");
        Console.Out.WriteLine();
        List<IReadOnlyList<string>> processes = [["launcher", "launcher", Number(record.LauncherPid), Memory(record.LauncherPid), "0"]];
        processes.AddRange(record.Processes.Select(process => (IReadOnlyList<string>)
            [process.Name, process.Role, process.Pid == 0 ? "<restarting>" : Number(process.Pid), Memory(process.Pid), Number(process.Restarts)]));
        TextTable.Print(Console.Out, ["PROCESS", "ROLE", "PID", "MEMORY", "RESTARTS"], processes);
        Console.Out.WriteLine();
        TextTable.Print(Console.Out, ["NODE", "STATUS", "INTERNAL-IP", "EXTERNAL-IP", "PROCESS", "TABLE", "LAG"], nodes.Select(node => (IReadOnlyList<string>)
            [node.Name, node.Status, node.InternalIp, node.ExternalIp, node.Process, node.TableText, node.LagText]));
        var moved = listeners.Where(listener => listener.Moved).ToList();
        if (moved.Count == 0) return;
        Console.Out.WriteLine();
        Console.Out.WriteLine("Not every address could be bound on this machine:");
        TextTable.Print(Console.Out, ["SERVICE", "PROTOCOL", "ADDRESS", "SERVED AT"], moved.Select(listener => (IReadOnlyList<string>)
            [listener.Service, listener.Protocol, listener.Address, listener.Problem ?? listener.Actual ?? "<nowhere>"]));
    }

    private static JsonObject Json(ClusterRecord record, IReadOnlyList<NodeStatusRow> nodes, IReadOnlyList<HostListenerRow> listeners) => new()
    {
        ["name"] = record.Name,
        ["ready"] = record.Ready,
        ["api"] = record.ApiAddress.ToString().TrimEnd('/'),
        ["proxyMode"] = record.ProxyMode,
        ["profile"] = record.Profile,
        ["readySeconds"] = record.ReadySeconds,
        ["launcherPid"] = record.LauncherPid,
        ["processes"] = new JsonArray([.. record.Processes.Select(process => (JsonNode)new JsonObject
        {
            ["name"] = process.Name,
            ["role"] = process.Role,
            ["pid"] = process.Pid,
            ["memoryBytes"] = ProcessIdentity.MemoryOf(process.Pid),
            ["restarts"] = process.Restarts,
        })]),
        ["nodes"] = new JsonArray([.. nodes.Select(node => (JsonNode)new JsonObject
        {
            ["name"] = node.Name,
            ["status"] = node.Status,
            ["internalIP"] = node.InternalIp,
            ["externalIP"] = node.ExternalIp,
            ["podCIDR"] = node.PodCidr,
            ["process"] = node.Process,
            ["tableRevision"] = node.TableRevision,
            ["newestRevision"] = node.NewestRevision,
            ["lagMs"] = node.LagMs,
        })]),
        ["listeners"] = new JsonArray([.. listeners.Select(listener => (JsonNode)new JsonObject
        {
            ["service"] = listener.Service,
            ["protocol"] = listener.Protocol,
            ["address"] = listener.Address,
            ["actual"] = listener.Actual,
            ["state"] = listener.State,
            ["problem"] = listener.Problem,
        })]),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Memory(int pid) =>
        pid != 0 && ProcessIdentity.MemoryOf(pid) is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MiB") : "<unknown>";
}
