using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Testing;

/// <summary>Applies and deletes the documents of a manifest as kubectl does, over the API.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="defaultNamespace">Of documents that name none.</param>
internal sealed class ManifestApplier(IAsyncKubeClient client, string defaultNamespace)
{
    private ServedKinds _served = KindCatalog.BuiltIn;

    /// <summary>Creates or changes each document's object; see <see cref="EmulatedCluster.ApplyAsync"/>.</summary>
    public Task<IReadOnlyList<IKubeObject>> ApplyAsync(string yaml, CancellationToken cancellationToken) => ForEachAsync(yaml, cancellationToken, async (kind, manifest) =>
    {
        var (ns, name) = NameOf(kind, manifest);
        for (var attempt = 0; ; attempt++)
        {
            var existing = await client.SendAsync(ApiCall.Get(kind, ns, name), cancellationToken).ConfigureAwait(false);
            var body = Annotated(manifest);
            ApiReply reply;
            if (existing.NotFound)
            {
                reply = await client.SendAsync(ApiCall.Create(kind.Decode(Bytes(body))), cancellationToken).ConfigureAwait(false);
                if (reply.AlreadyExists && attempt < 3) continue; // Somebody was quicker: change what they made.
            }
            else if (existing.Object is { } before)
            {
                var patch = ThreeWayMerge.Plan(before.Metadata.Annotations.GetValueOrDefault(ThreeWayMerge.LastAppliedAnnotation), body, kind);
                var call = ApiCall.MergePatch(kind, ns, name, Bytes(patch)) with { PatchFormat = kind is CustomKind ? PatchFormat.Merge : PatchFormat.StrategicMerge };
                reply = await client.SendAsync(call, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                reply = existing;
            }
            return reply;
        }
    });

    /// <summary>Deletes each document's object.</summary>
    public Task DeleteAsync(string yaml, CancellationToken cancellationToken) => ForEachAsync(yaml, cancellationToken, (kind, manifest) =>
    {
        var (ns, name) = NameOf(kind, manifest);
        return client.SendAsync(ApiCall.Delete(kind, ns, name), cancellationToken);
    });

    private async Task<IReadOnlyList<IKubeObject>> ForEachAsync(string yaml, CancellationToken cancellationToken, Func<KindInfo, JsonObject, Task<ApiReply>> action)
    {
        IReadOnlyList<ManifestDocument> documents;
        try
        {
            documents = YamlManifests.ToJson(yaml);
        }
        catch (ManifestException unreadable)
        {
            throw new ApplyException([$"The manifest cannot be read, so nothing of it was applied: {unreadable.Message}"]);
        }
        if (documents.Count == 0) throw new ApplyException(["The manifest holds no object. Begin a document with apiVersion and kind."]);
        var results = new List<IKubeObject>();
        var failures = new List<string>();
        for (var i = 0; i < documents.Count; i++)
        {
            foreach (var manifest in Items(JsonNode.Parse(documents[i].Json)))
            {
                if (manifest is not null) await FindCustomAsync(manifest, cancellationToken).ConfigureAwait(false);
                var failure = Check(manifest, out var kind);
                if (failure is null)
                {
                    var reply = await action(kind!, manifest!).ConfigureAwait(false);
                    if (reply is { Ok: true, Object: { } value }) results.Add(value);
                    if (!reply.Ok) failure = ClusterApiException.TextOf(reply);
                }
                if (failure is not null) failures.Add($"Document {i + 1} of {documents.Count} (line {documents[i].Line}{Describe(manifest)}): {failure}");
            }
        }
        return failures.Count == 0 ? results : throw new ApplyException(failures);
    }

    /// <summary>Looks for the kind among the CustomResourceDefinitions, if it is not built in.</summary>
    private async Task FindCustomAsync(JsonObject manifest, CancellationToken cancellationToken)
    {
        if (TextOf(manifest, "apiVersion") is not { } version || TextOf(manifest, "kind") is not { } name || KindCatalog.ByKind(version, name) is not null) return;
        var reply = await client.SendAsync(ApiCall.List(Kinds.CustomResourceDefinition), cancellationToken).ConfigureAwait(false);
        if (reply.Items is { } definitions) _served = CustomKinds.Of(definitions.Cast<CustomResourceDefinition>()).Served;
    }

    private static IEnumerable<JsonObject?> Items(JsonNode? document) =>
        document is JsonObject { } map && TextOf(map, "kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && map["items"] is JsonArray items
            ? items.Select(item => item as JsonObject)
            : [document as JsonObject];

    /// <summary>What is wrong with a document before the server sees it; null if nothing is.</summary>
    private string? Check(JsonObject? manifest, out KindInfo? kind)
    {
        kind = null;
        if (manifest is null) return "it is no map, so it is no object. Begin it with apiVersion and kind.";
        if (TextOf(manifest, "apiVersion") is not { Length: > 0 } version) return "apiVersion not set. Begin the document with a line such as 'apiVersion: v1'.";
        if (TextOf(manifest, "kind") is not { Length: > 0 } name) return "kind not set. Add a line such as 'kind: Service'.";
        kind = _served.ByKind(version, name);
        if (kind is null || !_served.All.Contains(kind))
        {
            var served = _served.All.Select(known => $"{known.ApiVersion} {known.Kind}").Order(StringComparer.Ordinal);
            return $"no matches for kind \"{name}\" in version \"{version}\". The cluster serves: {string.Join(", ", served)}.";
        }
        if (manifest["metadata"] is not JsonObject metadata || TextOf(metadata, "name") is not { Length: > 0 })
            return $"the {name} has no metadata.name. Give it one.";
        if (kind.Namespaced && TextOf(metadata, "namespace") is not { Length: > 0 }) metadata["namespace"] = defaultNamespace;
        var json = Bytes(manifest);
        if (StrictDecoding.Check(kind, json) is { Count: > 0 } problems) return StrictDecoding.Describe(problems);
        try
        {
            kind.Decode(json);
            return null;
        }
        catch (ObjectDecodingException wrong)
        {
            return wrong.Message;
        }
    }

    private static JsonObject Annotated(JsonObject manifest)
    {
        var body = (JsonObject)manifest.DeepClone();
        var metadata = (JsonObject)body["metadata"]!;
        if (metadata["annotations"] is not JsonObject annotations) metadata["annotations"] = annotations = [];
        annotations[ThreeWayMerge.LastAppliedAnnotation] = manifest.ToJsonString() + "\n";
        return body;
    }

    private static (string? Namespace, string Name) NameOf(KindInfo kind, JsonObject manifest) =>
        (kind.Namespaced ? TextOf((JsonObject)manifest["metadata"]!, "namespace") : null, TextOf((JsonObject)manifest["metadata"]!, "name")!);

    private static string Describe(JsonObject? manifest) =>
        manifest is not null && TextOf(manifest, "kind") is { } kind && manifest["metadata"] is JsonObject metadata && TextOf(metadata, "name") is { } name ? $", {kind} {name}" : "";

    private static string? TextOf(JsonObject map, string key) => map[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static byte[] Bytes(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString());
}
