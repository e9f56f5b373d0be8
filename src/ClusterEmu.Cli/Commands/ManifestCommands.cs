using System.CommandLine;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu apply</c> and <c>clusteremu delete</c>: for those without kubectl.</summary>
internal static class ManifestCommands
{
    private const string LastApplied = ThreeWayMerge.LastAppliedAnnotation;

    public static Command Apply() => Create(
        "apply",
        "Create or change the objects of a manifest.",
        ApplyAsync,
        "clusteremu apply -f web.yaml",
        "clusteremu apply -f manifests/ -f extra.json",
        "kubectl create deployment web --image=nginx --dry-run=client -o yaml | clusteremu apply -f -");

    public static Command Delete() => Create(
        "delete",
        "Delete the objects of a manifest.",
        DeleteAsync,
        "clusteremu delete -f web.yaml");

    /// <summary>Applies every object, and says what became of each.</summary>
    /// <exception cref="CommandFailure">One or more were refused, or could not be parsed; the message lists all of them.</exception>
    public static Task ApplyAsync(ApiConnection api, ManifestFiles files, TextWriter output, CancellationToken cancellationToken) => ForEachAsync(files, async (file, manifest) =>
    {
        var target = await ResourceMap.FindAsync(api, manifest, cancellationToken);
        var body = (JsonObject)manifest.DeepClone();
        var annotations = (body["metadata"] as JsonObject)!["annotations"] as JsonObject;
        if (annotations is null) body["metadata"]!["annotations"] = annotations = [];
        annotations[LastApplied] = manifest.ToJsonString(JsonText.Compact) + "\n";
        var existing = await api.GetAsync(target.ObjectPath, cancellationToken: cancellationToken);
        if (existing.Code == 404)
        {
            var created = await api.SendAsync(HttpMethod.Post, target.CollectionPath + "?fieldValidation=Strict", body.ToJsonString(), cancellationToken: cancellationToken);
            if (!created.Ok) return created.ErrorDuring($"error when creating \"{file}\"");
            output.WriteLine($"{target.Display} created");
            return null;
        }
        if (!existing.Ok) return existing.ErrorText;
        var before = existing.Json["metadata"]?["resourceVersion"]?.GetValue<string>();
        var kind = KindCatalog.ByKind($"{manifest["apiVersion"]}", $"{manifest["kind"]}");
        var patch = ThreeWayMerge.Plan(existing.Json["metadata"]?["annotations"]?[LastApplied]?.GetValue<string>(), body, kind);
        var patched = await api.SendAsync(HttpMethod.Patch, target.ObjectPath + "?fieldValidation=Strict", patch.ToJsonString(), target.PatchMediaType, cancellationToken: cancellationToken);
        if (!patched.Ok) return patched.ErrorDuring($"error when applying \"{file}\"");
        output.WriteLine($"{target.Display} {(patched.Json["metadata"]?["resourceVersion"]?.GetValue<string>() == before ? "unchanged" : "configured")}");
        return null;
    });

    private static Task DeleteAsync(ApiConnection api, ManifestFiles files, TextWriter output, CancellationToken cancellationToken) => ForEachAsync(files, async (file, manifest) =>
    {
        var target = await ResourceMap.FindAsync(api, manifest, cancellationToken);
        var answer = await api.SendAsync(HttpMethod.Delete, target.ObjectPath, cancellationToken: cancellationToken);
        if (!answer.Ok) return answer.ErrorDuring($"error when deleting \"{file}\"");
        output.WriteLine($"{target.Display} deleted");
        return null;
    });

    private static Command Create(string name, string description, Func<ApiConnection, ManifestFiles, TextWriter, CancellationToken, Task> action, params string[] examples)
    {
        var cluster = CommonOptions.Name();
        var state = CommonOptions.StateDirectory();
        var files = new Option<string[]>("--filename", "-f") { Description = "A manifest (YAML or JSON), a folder of them, or - for standard input; may be repeated.", Required = true, AllowMultipleArgumentsPerToken = true };
        var command = new Command(name, description) { files, cluster, state };
        command.Examples(examples);
        command.Does(async (result, token) =>
        {
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            await action(api, await ManifestFiles.ReadAsync(result.GetValue(files)!, Console.In, token), Console.Out, token);
            return 0;
        });
        return command;
    }

    private static async Task ForEachAsync(ManifestFiles files, Func<string, JsonObject, Task<string?>> action)
    {
        var failures = files.Failures.ToList();
        foreach (var (file, manifest) in files.Objects)
        {
            try
            {
                if (await action(file, manifest) is { } failure) failures.Add(failure);
            }
            catch (CommandFailure failure)
            {
                failures.Add($"error: {file}: {failure.Message}");
            }
        }
        if (failures.Count > 0) throw new CommandFailure(string.Join(Environment.NewLine, failures));
    }
}
