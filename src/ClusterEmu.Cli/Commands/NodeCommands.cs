using System.CommandLine;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu node</c>: list, tables, stop and start.</summary>
internal static class NodeCommands
{
    private const string PowerAnnotation = "clusteremu.io/power";

    public static Command Create() => new("node", "Look into a node, or switch it off and on.") { ListNodes(), Tables(), Power("stop"), Power("start") };

    private static Command ListNodes()
    {
        var (cluster, state) = (CommonOptions.Name(), CommonOptions.StateDirectory());
        var command = new Command("list", "List the nodes, their addresses and their routing tables' revisions.") { cluster, state };
        command.Examples("clusteremu node list", "clusteremu node list --name demo");
        command.Does(async (result, token) =>
        {
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            var nodes = await ClusterStatus.NodesAsync(api, token);
            TextTable.Print(Console.Out, ["NAME", "STATUS", "INTERNAL-IP", "EXTERNAL-IP", "PODS", "PROCESS", "TABLE", "LAG"], nodes.Select(node => (IReadOnlyList<string>)
                [node.Name, node.Status, node.InternalIp, node.ExternalIp, node.PodCidr, node.Process, node.TableText, node.LagText]));
            return 0;
        });
        return command;
    }

    private static Command Tables()
    {
        var node = new Argument<string>("NODE") { Description = "Such as node-1." };
        var service = new Option<string?>("--service") { Description = "NS/NAME: only the entries of this Service." };
        var output = CommonOptions.Output("text", "json");
        var (cluster, state) = (CommonOptions.Name(), CommonOptions.StateDirectory());
        var command = new Command("tables", "Show the routing table in force on a node, with its revision and age.") { node, service, output, cluster, state };
        command.Examples("clusteremu node tables node-1", "clusteremu node tables node-1 --service default/web-svc", "clusteremu node tables node-2 --service kube-system/kube-dns -o json");
        command.Does(async (result, token) =>
        {
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            var name = result.GetValue(node)!;
            await RequireNodeAsync(api, name, token);
            var json = result.GetValue(output) == "json";
            var query = $"?format={(json ? "json" : "text")}{(result.GetValue(service) is { } wanted ? $"&service={Uri.EscapeDataString(wanted)}" : "")}";
            var answer = await api.GetAsync($"/api/v1/nodes/{name}/proxy/clusteremu/nodes/{name}/tables{query}", cancellationToken: token);
            if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
            Console.Out.WriteLine(json ? JsonText.Print(answer.Json) : answer.Text.TrimEnd('\n'));
            return 0;
        });
        return command;
    }

    private static Command Power(string verb)
    {
        var node = new Argument<string>("NODE") { Description = "Such as node-1." };
        var (cluster, state) = (CommonOptions.Name(), CommonOptions.StateDirectory());
        var stop = verb == "stop";
        var command = new Command(verb, stop ? "Switch a node off, as if its plug were pulled." : "Switch a node on again.") { node, cluster, state };
        command.Examples($"clusteremu node {verb} node-2", "kubectl get nodes -w");
        command.Does(async (result, token) =>
        {
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            var name = result.GetValue(node)!;
            var before = await RequireNodeAsync(api, name, token);
            if (stop == (before["metadata"]?["annotations"]?[PowerAnnotation]?.ToString() == "off"))
            {
                Console.Out.WriteLine($"node/{name} is {(stop ? "off" : "on")} already.");
                return 0;
            }
            var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [PowerAnnotation] = stop ? "off" : null } } };
            var answer = await api.SendAsync(HttpMethod.Patch, $"/api/v1/nodes/{name}", patch.ToJsonString(), "application/merge-patch+json", cancellationToken: token);
            if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
            Console.Out.WriteLine(stop ? $"node/{name} stopped. It becomes NotReady once its Lease expires." : $"node/{name} started.");
            return 0;
        });
        return command;
    }

    private static async Task<JsonObject> RequireNodeAsync(ApiConnection api, string name, CancellationToken cancellationToken)
    {
        var found = await api.GetAsync($"/api/v1/nodes/{Uri.EscapeDataString(name)}", cancellationToken: cancellationToken);
        if (found.Ok) return found.Json;
        if (found.Code != 404) throw new CommandFailure(found.ErrorText);
        var names = (await ClusterStatus.NodesAsync(api, cancellationToken)).Select(node => node.Name).ToList();
        throw new CommandFailure($"There is no node '{name}'. There are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}.");
    }
}
