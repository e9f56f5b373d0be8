using System.Globalization;
using System.Text;
using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>An <see cref="ApiCall"/> as HTTP: the method, the path with its query, the body and its media type. Pure.</summary>
internal sealed record ApiRequest(string Method, string PathAndQuery, ReadOnlyMemory<byte> Body, string? ContentType)
{
    private const string Json = "application/json";

    /// <exception cref="ArgumentException">The call lacks a name or a body that its verb needs; the message says which.</exception>
    public static ApiRequest Of(ApiCall call)
    {
        var path = PathOf(call) + QueryOf(call);
        return call.Verb switch
        {
            ApiVerb.Get or ApiVerb.List => new("GET", path, default, null),
            ApiVerb.Create => new("POST", path, BodyOf(call), Json),
            ApiVerb.Update => new("PUT", path, BodyOf(call), Json),
            ApiVerb.Patch => new("PATCH", path, call.Patch, MediaType(call.PatchFormat)),
            ApiVerb.Delete or ApiVerb.DeleteCollection when call.DeleteOptions is { } options =>
                new("DELETE", path, ApiJson.Encode(options), Json),
            ApiVerb.Delete or ApiVerb.DeleteCollection => new("DELETE", path, default, null),
            _ => throw new ArgumentException($"The verb {call.Verb} has no HTTP method. Use one of ApiVerb.", nameof(call)),
        };
    }

    /// <summary>The request of a watch, with bookmarks.</summary>
    public static ApiRequest Of(WatchCall call)
    {
        var query = new Query()
            .Add("watch", "true")
            .Add("allowWatchBookmarks", "true")
            .Add("resourceVersion", call.ResourceVersion)
            .Add("labelSelector", call.LabelSelector)
            .Add("fieldSelector", call.FieldSelector);
        return new("GET", CollectionPath(call.Kind, call.Namespace) + query, default, null);
    }

    private static string PathOf(ApiCall call)
    {
        var collection = CollectionPath(call.Kind, call.Namespace);
        var named = call.Verb is not (ApiVerb.List or ApiVerb.Create or ApiVerb.DeleteCollection);
        if (named && string.IsNullOrEmpty(call.Name))
            throw new ArgumentException($"{call.Verb} of {call.Kind.QualifiedPlural} has no name. Set ApiCall.Name.", nameof(call));
        if (call.Subresource is null) return named ? $"{collection}/{Uri.EscapeDataString(call.Name!)}" : collection;
        return $"{collection}/{Uri.EscapeDataString(call.Name ?? "")}/{call.Subresource}";
    }

    private static string CollectionPath(KindInfo kind, string? ns)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        return kind.Namespaced && !string.IsNullOrEmpty(ns)
            ? $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{kind.Plural}"
            : $"{root}/{kind.Plural}";
    }

    private static string QueryOf(ApiCall call) => new Query()
        .Add("labelSelector", call.LabelSelector)
        .Add("fieldSelector", call.FieldSelector)
        .Add("limit", call.Limit?.ToString(CultureInfo.InvariantCulture))
        .Add("continue", call.Continue)
        .Add("resourceVersion", call.ResourceVersion)
        .Add("fieldManager", call.Verb is ApiVerb.Create or ApiVerb.Update or ApiVerb.Patch ? call.FieldManager : null)
        .Add("force", call is { Force: true, Verb: ApiVerb.Patch, PatchFormat: PatchFormat.Apply } ? "true" : null)
        .ToString();

    private static ReadOnlyMemory<byte> BodyOf(ApiCall call) => call.Body is { } body
        ? KindCatalog.Of(body).Encode(body)
        : throw new ArgumentException($"{call.Verb} of {call.Kind.QualifiedPlural} has no body. Set ApiCall.Body.", nameof(call));

    private static string MediaType(PatchFormat format) => format switch
    {
        PatchFormat.Json => "application/json-patch+json",
        PatchFormat.StrategicMerge => "application/strategic-merge-patch+json",
        PatchFormat.Apply => "application/apply-patch+yaml",
        _ => "application/merge-patch+json",
    };

    private sealed class Query
    {
        private readonly StringBuilder _text = new();

        public Query Add(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return this;
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            return this;
        }

        public override string ToString() => _text.ToString();
    }
}
