using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu get</c>: for those without kubectl.</summary>
internal static class GetCommand
{
    private const string TableType = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "Such as pods, svc, deployments.apps, all." };
        var target = new Argument<string?>("NAME") { Description = "One object. Default: all.", Arity = ArgumentArity.ZeroOrOne };
        var ns = new Option<string>("--namespace", "-n") { Description = "The namespace.", DefaultValueFactory = _ => "default" };
        var everywhere = new Option<bool>("--all-namespaces", "-A") { Description = "All namespaces." };
        var format = new Option<string>("--output", "-o") { Description = "wide, json or yaml. Default: a table.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "wide", "json", "yaml");
        var cluster = CommonOptions.Name();
        var state = CommonOptions.StateDirectory();
        var command = new Command("get", "Show objects, as kubectl does.") { kind, target, ns, everywhere, format, cluster, state };
        command.Does(async (result, token) =>
        {
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            var resources = await ResourceMap.ByNameAsync(api, result.GetValue(kind)!, token);
            var printed = false;
            foreach (var resource in resources)
            {
                var path = resource.Collection(result.GetValue(everywhere) ? null : result.GetValue(ns)!);
                if (result.GetValue(target) is { } name) path += "/" + Uri.EscapeDataString(name);
                var table = result.GetValue(format) is "table" or "wide";
                var answer = await api.GetAsync(path, table ? TableType : null, token);
                if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
                if (!table) Print(answer.Json, result.GetValue(format)!);
                else printed |= PrintTable(answer.Json, result.GetValue(format) == "wide", result.GetValue(everywhere) && resource.Namespaced, resources.Count > 1 ? Prefix(resource) : "", printed);
            }
            if (!printed && result.GetValue(format) is "table" or "wide")
                await Console.Error.WriteLineAsync(result.GetValue(everywhere) || !resources[0].Namespaced ? "No resources found" : $"No resources found in {result.GetValue(ns)} namespace.");
            return 0;
        });
        return command;
    }

    private static string Prefix(ServedResource resource) => (resource.Group.Length == 0 ? resource.Singular : $"{resource.Singular}.{resource.Group}") + "/";

    private static void Print(JsonObject json, string format) =>
        Console.Out.WriteLine(format == "json" ? json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) : YamlPrinter.Print(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).TrimEnd('\n'));

    private static bool PrintTable(JsonObject table, bool wide, bool withNamespace, string prefix, bool blankLineFirst)
    {
        var columns = (table["columnDefinitions"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var rows = (table["rows"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (rows.Count == 0) return false;
        if (blankLineFirst) Console.Out.WriteLine();
        var shown = columns.Select((column, index) => (column, index)).Where(pair => wide || (pair.column["priority"]?.GetValue<int>() ?? 0) == 0).ToList();
        List<string> header = [.. withNamespace ? ["NAMESPACE"] : Array.Empty<string>(), .. shown.Select(pair => pair.column["name"]!.ToString().ToUpperInvariant())];
        TextTable.Print(Console.Out, header, rows.Select(row => (IReadOnlyList<string>)
        [
            .. withNamespace ? [row["object"]?["metadata"]?["namespace"]?.ToString() ?? ""] : Array.Empty<string>(),
            .. shown.Select(pair => (pair.index == 0 ? prefix : "") + (row["cells"]?[pair.index]?.ToString() ?? "<none>")),
        ]));
        return true;
    }
}
