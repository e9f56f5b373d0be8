using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu apply</c> and <c>clusteremu delete</c>: for those without kubectl.</summary>
internal static class ManifestCommands
{
    private const string LastApplied = ThreeWayMerge.LastAppliedAnnotation;

    public static Command Apply() => Create("apply", "Create or change the objects of a manifest.", ApplyFileAsync);

    public static Command Delete() => Create("delete", "Delete the objects of a manifest.", DeleteFileAsync);

    /// <summary>Applies every object of a file, a folder of *.yaml, *.yml and *.json, or standard input ('-').</summary>
    /// <exception cref="CommandFailure">One or more objects were refused; the message lists all of them.</exception>
    public static Task ApplyFileAsync(ApiConnection api, string path, TextWriter output, CancellationToken cancellationToken) => ForEachAsync(path, async manifest =>
    {
        var target = await ResourceMap.FindAsync(api, manifest, cancellationToken);
        var body = (JsonObject)manifest.DeepClone();
        var annotations = (body["metadata"] as JsonObject)!["annotations"] as JsonObject;
        if (annotations is null) body["metadata"]!["annotations"] = annotations = [];
        annotations[LastApplied] = manifest.ToJsonString() + "\n";
        var existing = await api.GetAsync(target.ObjectPath, cancellationToken: cancellationToken);
        if (existing.Code == 404)
        {
            var created = await api.SendAsync(HttpMethod.Post, target.CollectionPath + "?fieldValidation=Strict", body.ToJsonString(), cancellationToken: cancellationToken);
            if (!created.Ok) return created.ErrorText;
            output.WriteLine($"{target.Display} created");
            return null;
        }
        if (!existing.Ok) return existing.ErrorText;
        var before = existing.Json["metadata"]?["resourceVersion"]?.GetValue<string>();
        var kind = KindCatalog.ByKind($"{manifest["apiVersion"]}", $"{manifest["kind"]}");
        var patch = ThreeWayMerge.Plan(existing.Json["metadata"]?["annotations"]?[LastApplied]?.GetValue<string>(), body, kind);
        var patched = await api.SendAsync(HttpMethod.Patch, target.ObjectPath + "?fieldValidation=Strict", patch.ToJsonString(), target.PatchMediaType, cancellationToken: cancellationToken);
        if (!patched.Ok) return patched.ErrorText;
        output.WriteLine($"{target.Display} {(patched.Json["metadata"]?["resourceVersion"]?.GetValue<string>() == before ? "unchanged" : "configured")}");
        return null;
    });

    private static Task DeleteFileAsync(ApiConnection api, string path, TextWriter output, CancellationToken cancellationToken) => ForEachAsync(path, async manifest =>
    {
        var target = await ResourceMap.FindAsync(api, manifest, cancellationToken);
        var answer = await api.SendAsync(HttpMethod.Delete, target.ObjectPath, cancellationToken: cancellationToken);
        if (!answer.Ok) return answer.ErrorText;
        output.WriteLine($"{target.Display} deleted");
        return null;
    });

    private static Command Create(string name, string description, Func<ApiConnection, string, TextWriter, CancellationToken, Task> action)
    {
        var cluster = CommonOptions.Name();
        var state = CommonOptions.StateDirectory();
        var files = new Option<string[]>("--filename", "-f") { Description = "A manifest (YAML or JSON), a folder of them, or - for standard input.", Required = true, AllowMultipleArgumentsPerToken = true };
        var command = new Command(name, description) { files, cluster, state };
        command.Does(async (result, token) =>
        {
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            foreach (var file in result.GetValue(files)!) await action(api, file, Console.Out, token);
            return 0;
        });
        return command;
    }

    private static async Task ForEachAsync(string path, Func<JsonObject, Task<string?>> action)
    {
        var failures = new List<string>();
        foreach (var (file, text) in await ReadAsync(path))
        {
            IReadOnlyList<JsonObject> manifests;
            try
            {
                manifests = [.. YamlManifests.ToJson(text).Select(json => JsonNode.Parse(json.Json) as JsonObject ?? throw new CommandFailure($"error: error parsing {file}: the document at line {json.Line} is no map, so it is no object. Begin it with apiVersion and kind."))];
            }
            catch (ManifestException cause)
            {
                failures.Add($"error: error parsing {file}: {cause.Message}");
                continue;
            }
            foreach (var manifest in manifests.SelectMany(Items))
            {
                try
                {
                    if (await action(manifest) is { } failure) failures.Add(failure);
                }
                catch (CommandFailure failure)
                {
                    failures.Add($"error: {file}: {failure.Message}");
                }
            }
        }
        if (failures.Count > 0) throw new CommandFailure(string.Join(Environment.NewLine, failures));
    }

    private static IEnumerable<JsonObject> Items(JsonObject manifest) =>
        manifest["kind"]?.ToString() is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && manifest["items"] is JsonArray items
            ? items.OfType<JsonObject>()
            : [manifest];

    private static async Task<IReadOnlyList<(string File, string Text)>> ReadAsync(string path)
    {
        if (path == "-") return [("standard input", await Console.In.ReadToEndAsync())];
        var files = Directory.Exists(path)
            ? [.. Directory.GetFiles(path).Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json").Order(StringComparer.Ordinal)]
            : (IReadOnlyList<string>)[path];
        var texts = new List<(string, string)>();
        foreach (var file in files)
        {
            try
            {
                texts.Add((file, await File.ReadAllTextAsync(file, Encoding.UTF8)));
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure($"error: the path \"{file}\" cannot be read: {cause.Message} Give a manifest that exists, or - for standard input.");
            }
        }
        return texts;
    }
}
