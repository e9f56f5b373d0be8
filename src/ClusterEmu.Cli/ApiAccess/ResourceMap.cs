using System.Text.Json.Nodes;
using ClusterEmu.Api;

namespace ClusterEmu.Cli.ApiAccess;

/// <summary>Where an object of a manifest lives in the API.</summary>
/// <param name="CollectionPath">To create it.</param>
/// <param name="ObjectPath">To read, change or delete it.</param>
/// <param name="Display">As kubectl names it: <c>service/web</c>, <c>deployment.apps/web</c>.</param>
/// <param name="PatchMediaType">Strategic merge for built-in kinds, merge for others.</param>
public sealed record ResourceTarget(string CollectionPath, string ObjectPath, string Display, string PatchMediaType);

/// <summary>One kind that the server serves.</summary>
public sealed record ServedResource(string GroupVersion, string Group, string Plural, string Singular, string Kind, bool Namespaced, IReadOnlyList<string> ShortNames, IReadOnlyList<string> Categories)
{
    public string BasePath => Group.Length == 0 ? $"/api/{GroupVersion}" : $"/apis/{GroupVersion}";

    public string Collection(string? ns) => Namespaced && ns is not null ? $"{BasePath}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}" : $"{BasePath}/{Plural}";
}

/// <summary>Maps kinds and their short names to paths, by the server's discovery.</summary>
public static class ResourceMap
{
    /// <exception cref="CommandFailure">The manifest has no kind, or the server does not serve it.</exception>
    public static async Task<ResourceTarget> FindAsync(ApiConnection api, JsonObject manifest, CancellationToken cancellationToken)
    {
        var apiVersion = manifest["apiVersion"]?.ToString();
        var kind = manifest["kind"]?.ToString();
        if (string.IsNullOrEmpty(apiVersion)) throw new CommandFailure("apiVersion not set. Begin the manifest with a line such as 'apiVersion: v1'.");
        if (string.IsNullOrEmpty(kind)) throw new CommandFailure("kind not set. Add a line such as 'kind: Service'.");
        if (manifest["metadata"] is not JsonObject metadata || metadata["name"]?.ToString() is not { Length: > 0 } name)
            throw new CommandFailure($"the {kind} has no metadata.name. Give it one.");
        var resources = await OfGroupVersionAsync(api, apiVersion, cancellationToken);
        var resource = resources.FirstOrDefault(candidate => candidate.Kind == kind)
            ?? throw new CommandFailure($"no matches for kind \"{kind}\" in version \"{apiVersion}\"{(resources.Count == 0 ? "" : $". That version serves: {string.Join(", ", resources.Select(candidate => candidate.Kind).Order(StringComparer.Ordinal))}")}");
        var collection = resource.Collection(metadata["namespace"]?.ToString() ?? "default");
        var display = resource.Group.Length == 0 ? resource.Singular : $"{resource.Singular}.{resource.Group}";
        return new ResourceTarget(collection, $"{collection}/{Uri.EscapeDataString(name)}", $"{display}/{name}", KindCatalog.ByKind(apiVersion, kind) is null ? "application/merge-patch+json" : "application/strategic-merge-patch+json");
    }

    /// <summary>Finds kinds by plural, singular, short name, Kind, or category (<c>all</c>), with commas between; a suffix <c>.group</c> narrows one.</summary>
    /// <exception cref="CommandFailure">The server serves no such kind.</exception>
    public static async Task<IReadOnlyList<ServedResource>> ByNamesAsync(ApiConnection api, string names, CancellationToken cancellationToken)
    {
        var all = await AllAsync(api, cancellationToken);
        return [.. names.Split(',').SelectMany(name => ByName(all, name)).DistinctBy(resource => (resource.Group, resource.Plural))];
    }

    private static List<ServedResource> ByName(IReadOnlyList<ServedResource> all, string name)
    {
        var wanted = name.ToLowerInvariant();
        var category = all.Where(resource => resource.Categories.Contains(wanted)).ToList();
        if (category.Count > 0) return category;
        var found = all.FirstOrDefault(resource => Matches(resource, wanted));
        return found is not null ? [found] : throw new CommandFailure($"error: the server doesn't have a resource type \"{name}\". It has: {string.Join(", ", all.Select(resource => resource.Plural).Distinct().Order(StringComparer.Ordinal))}.");
    }

    private static bool Matches(ServedResource resource, string wanted) =>
        wanted == resource.Plural || wanted == resource.Singular || wanted == resource.Kind.ToLowerInvariant() || resource.ShortNames.Contains(wanted)
        || (resource.Group.Length > 0 && (wanted == $"{resource.Plural}.{resource.Group}" || wanted == $"{resource.Singular}.{resource.Group}"));

    private static async Task<IReadOnlyList<ServedResource>> AllAsync(ApiConnection api, CancellationToken cancellationToken)
    {
        var all = new List<ServedResource>(await OfGroupVersionAsync(api, "v1", cancellationToken));
        var groups = (await api.GetAsync("/apis", cancellationToken: cancellationToken)).Json["groups"] as JsonArray ?? [];
        foreach (var version in groups.Select(group => group?["preferredVersion"]?["groupVersion"]?.ToString()).OfType<string>())
            all.AddRange(await OfGroupVersionAsync(api, version, cancellationToken));
        return all;
    }

    private static async Task<IReadOnlyList<ServedResource>> OfGroupVersionAsync(ApiConnection api, string groupVersion, CancellationToken cancellationToken)
    {
        var group = groupVersion.Contains('/', StringComparison.Ordinal) ? groupVersion[..groupVersion.IndexOf('/', StringComparison.Ordinal)] : "";
        var answer = await api.GetAsync(group.Length == 0 ? $"/api/{groupVersion}" : $"/apis/{groupVersion}", cancellationToken: cancellationToken);
        if (answer.Code == 404) return [];
        if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
        return
        [
            .. (answer.Json["resources"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(resource => !resource["name"]!.ToString().Contains('/', StringComparison.Ordinal))
                .Select(resource => new ServedResource(
                    groupVersion,
                    group,
                    resource["name"]!.ToString(),
                    resource["singularName"]?.ToString() is { Length: > 0 } singular ? singular : resource["kind"]!.ToString().ToLowerInvariant(),
                    resource["kind"]!.ToString(),
                    resource["namespaced"]?.GetValue<bool>() ?? false,
                    Strings(resource["shortNames"]),
                    Strings(resource["categories"]))),
        ];
    }

    private static IReadOnlyList<string> Strings(JsonNode? node) => node is JsonArray array ? [.. array.Select(item => item!.ToString())] : [];
}
