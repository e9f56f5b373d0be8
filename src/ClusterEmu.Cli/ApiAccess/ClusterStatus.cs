using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.ApiAccess;

/// <summary>A node as <c>status</c> and <c>node list</c> show it.</summary>
public sealed record NodeStatusRow(
    string Name, string Status, string InternalIp, string ExternalIp, string PodCidr, string Process, long? TableRevision, long? NewestRevision, double? LagMs)
{
    /// <summary>What follows the condition of a node that is switched off.</summary>
    public const string PoweredOff = ",PoweredOff";

    private bool IsOff => Status.EndsWith(PoweredOff, StringComparison.Ordinal);

    public string TableText => IsOff ? "<off>" : TableRevision is null ? "<unknown>" : TableRevision == NewestRevision ? $"{TableRevision}" : $"{TableRevision} of {NewestRevision}";

    public string LagText => IsOff ? "<off>" : LagMs is null ? "<unknown>" : TableRevision == NewestRevision ? "0" : $"{LagMs:0} ms";
}

/// <summary>A NodePort or load balancer as this machine serves it.</summary>
/// <param name="Service">namespace/name.</param>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Address">Where it should be.</param>
/// <param name="Actual">Where it is; null if it was not bound yet.</param>
/// <param name="State">open, closed, silent or failed.</param>
/// <param name="Problem">Why it is nowhere; else null.</param>
public sealed record HostListenerRow(string Service, string Protocol, string Address, string? Actual, string State, string? Problem)
{
    /// <summary>Not where it should be.</summary>
    public bool Moved => Problem is not null || (Actual is not null && Actual != Address);
}

/// <summary>Gathers what the API and the processes say of the nodes.</summary>
public static class ClusterStatus
{
    public static async Task<IReadOnlyList<NodeStatusRow>> NodesAsync(ApiConnection api, CancellationToken cancellationToken)
    {
        var list = await api.GetAsync("/api/v1/nodes", cancellationToken: cancellationToken);
        if (!list.Ok) throw new CommandFailure(list.ErrorText);
        var nodes = (list.Json["items"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var tables = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var process in nodes.Select(ProcessOf).Where(name => name.Length > 0).Distinct())
        {
            var answer = await api.GetAsync($"/apis/clusteremu.io/v1alpha1/processes/{process}/proxy/clusteremu/status", cancellationToken: cancellationToken);
            foreach (var node in (answer.Ok ? answer.Json["nodes"] as JsonArray : null) ?? [])
                if (node is JsonObject row && row["name"]?.ToString() is { } name) tables[name] = row;
        }
        return
        [
            .. nodes.Select(node => Row(node, tables.GetValueOrDefault(NameOf(node)))).OrderBy(row => row.Name.Length).ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The listeners on this machine; empty while no edge process answers.</summary>
    /// <param name="api">The cluster.</param>
    /// <param name="edges">The names of its edge processes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<HostListenerRow>> ListenersAsync(ApiConnection api, IEnumerable<string> edges, CancellationToken cancellationToken)
    {
        var rows = new List<HostListenerRow>();
        foreach (var edge in edges)
        {
            var answer = await api.GetAsync($"/apis/clusteremu.io/v1alpha1/processes/{edge}/proxy/clusteremu/status", cancellationToken: cancellationToken);
            foreach (var row in (answer.Ok ? answer.Json["listeners"] as JsonArray : null) ?? [])
            {
                string? Text(string key) => row?[key]?.ToString();
                rows.Add(new(Text("service") ?? "", Text("protocol") ?? "", Text("address") ?? "", Text("actual"), Text("state") ?? "", Text("problem")));
            }
        }
        return rows;
    }

    private static NodeStatusRow Row(JsonObject node, JsonObject? table) => new(
        NameOf(node),
        Condition(node),
        Address(node, "InternalIP"),
        Address(node, "ExternalIP"),
        node["spec"]?["podCIDR"]?.ToString() ?? "<none>",
        ProcessOf(node) is { Length: > 0 } process ? process : "<none>",
        table?["tableRevision"]?.GetValue<long>(),
        table?["newestRevision"]?.GetValue<long>(),
        table?["lagMs"]?.GetValue<double>());

    private static string NameOf(JsonObject node) => node["metadata"]!["name"]!.ToString();

    private static string ProcessOf(JsonObject node) => node["metadata"]?["annotations"]?["clusteremu.io/process"]?.ToString() ?? "";

    private static string Condition(JsonObject node)
    {
        var ready = (node["status"]?["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(condition => condition["type"]?.ToString() == "Ready");
        var text = ready?["status"]?.ToString() == "True" ? "Ready" : "NotReady";
        return node["metadata"]?["annotations"]?["clusteremu.io/power"]?.ToString() == "off" ? text + NodeStatusRow.PoweredOff : text;
    }

    private static string Address(JsonObject node, string type) =>
        (node["status"]?["addresses"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(address => address["type"]?.ToString() == type)?["address"]?.ToString() ?? "<none>";
}
