using System.Globalization;
using System.Text;

namespace ClusterEmu.Cli.Launching;

/// <summary>One process to start, with its configuration.</summary>
public sealed record ProcessPlan(string Name, string Role, string Configuration)
{
    /// <summary>The control plane, the node processes (nodes dealt out in runs of equal length), and the edge.</summary>
    public static IReadOnlyList<ProcessPlan> For(UpOptions options, ClusterFolder folder, int apiPort, int slot)
    {
        var count = Math.Min(options.NodeProcesses, options.Nodes);
        var plans = new List<ProcessPlan> { Of("control-plane", "control-plane", []) };
        for (var i = 0; i < count; i++)
        {
            var first = (options.Nodes * i / count) + 1;
            var last = options.Nodes * (i + 1) / count;
            plans.Add(Of($"nodes-{i + 1}", "nodes", [("nodes.first", Number(first)), ("nodes.count", Number(last - first + 1))]));
        }
        plans.Add(Of("edge", "edge", []));
        return plans;

        ProcessPlan Of(string name, string role, IReadOnlyList<(string Key, string Value)> own)
        {
            var text = new StringBuilder();
            if (options.ConfigFile is { } file) text.Append(CultureInfo.InvariantCulture, $"include {Quoted(Path.GetFullPath(file))}\n");
            List<(string Key, string Value)> keys =
            [
                ("cluster.name", Quoted(options.Name)),
                ("process.name", Quoted(name)),
                ("process.pki-directory", Quoted(folder.Pki)),
                ("process.api-server", Quoted($"https://127.0.0.1:{apiPort}")),
                ("control-plane.listen-port", Number(apiPort)),
                ("control-plane.state-directory", Quoted(folder.Path)),
                ("cluster.nodes", Number(options.Nodes)),
                ("cluster.zones", Number(options.Zones)),
                ("network.slot", Number(slot)),
                ("kube-proxy.mode", Quoted(options.ProxyMode)),
                ("controllers.profile", Quoted(options.Profile)),
                .. own,
            ];
            foreach (var (key, value) in keys) text.Append(CultureInfo.InvariantCulture, $"cluster-emu.{key} = {value}\n");
            return new ProcessPlan(name, role, text.ToString());
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string value) => '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
