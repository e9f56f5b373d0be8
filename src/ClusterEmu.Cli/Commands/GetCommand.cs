using System.CommandLine;
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
        var kind = new Argument<string>("KIND") { Description = "Such as pods, svc, deployments.apps, all; several with commas between." };
        var target = new Argument<string?>("NAME") { Description = "One object. Default: all.", Arity = ArgumentArity.ZeroOrOne };
        var ns = new Option<string>("--namespace", "-n") { Description = "The namespace.", DefaultValueFactory = _ => "default" };
        var everywhere = new Option<bool>("--all-namespaces", "-A") { Description = "All namespaces." };
        var format = new Option<string>("--output", "-o") { Description = "wide, json or yaml. Default: a table.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "wide", "json", "yaml");
        var cluster = CommonOptions.Name();
        var state = CommonOptions.StateDirectory();
        var command = new Command("get", "Show objects, as kubectl does.") { kind, target, ns, everywhere, format, cluster, state };
        command.Examples("clusteremu get pods -o wide", "clusteremu get svc,endpoints -n kube-system", "clusteremu get all -A", "clusteremu get deployment web -o yaml");
        command.Does(async (result, token) =>
        {
            var (all, name) = (result.GetValue(everywhere), result.GetValue(target));
            if (all && name is not null) throw new CommandFailure("error: a resource cannot be retrieved by name across all namespaces. Name its namespace with -n NS instead of -A.");
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            var resources = await ResourceMap.ByNamesAsync(api, result.GetValue(kind)!, token);
            var table = result.GetValue(format) is "table" or "wide";
            var answers = new List<JsonObject>();
            var printed = false;
            foreach (var resource in resources)
            {
                var path = resource.Collection(all ? null : result.GetValue(ns)!);
                if (name is not null) path += "/" + Uri.EscapeDataString(name);
                var answer = await api.GetAsync(path, table ? TableType : null, token);
                if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
                if (!table) answers.Add(answer.Json);
                else printed |= PrintTable(answer.Json, result.GetValue(format) == "wide", all && resource.Namespaced, resources.Count > 1 ? Prefix(resource) : "", printed);
            }
            if (!table) Print(answers.Count == 1 ? answers[0] : ListOf(answers), result.GetValue(format)!);
            else if (!printed) await Console.Error.WriteLineAsync(all || !resources[0].Namespaced ? "No resources found" : $"No resources found in {result.GetValue(ns)} namespace.");
            return 0;
        });
        return command;
    }

    /// <summary>Objects of several kinds as one List, as kubectl prints them.</summary>
    private static JsonObject ListOf(IReadOnlyList<JsonObject> answers)
    {
        var items = new JsonArray();
        foreach (var answer in answers)
        {
            if (answer["items"] is not JsonArray some)
            {
                items.Add(answer.DeepClone());
                continue;
            }
            foreach (var item in some.OfType<JsonObject>())
            {
                var one = new JsonObject { ["apiVersion"] = $"{answer["apiVersion"]}", ["kind"] = $"{answer["kind"]}"[..^"List".Length] };
                foreach (var (key, value) in item) one[key] = value?.DeepClone();
                items.Add(one);
            }
        }
        return new JsonObject { ["apiVersion"] = "v1", ["items"] = items, ["kind"] = "List", ["metadata"] = new JsonObject { ["resourceVersion"] = "" } };
    }

    private static string Prefix(ServedResource resource) => (resource.Group.Length == 0 ? resource.Singular : $"{resource.Singular}.{resource.Group}") + "/";

    private static void Print(JsonObject json, string format) =>
        Console.Out.WriteLine(format == "json" ? JsonText.Print(json) : YamlPrinter.Print(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).TrimEnd('\n'));

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
