using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>All groups and kinds in one document (apidiscovery.k8s.io), which newer clients ask for.</summary>
public static class AggregatedDiscovery
{
    /// <param name="documents">What is served.</param>
    /// <param name="core">True for /api, which has the core group; false for /apis, which has the others.</param>
    /// <param name="version"><c>v2</c> or <c>v2beta1</c>; they differ in name only.</param>
    public static byte[] Write(DiscoveryDocuments documents, bool core, string version)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", "APIGroupDiscoveryList");
            json.WriteString("apiVersion", "apidiscovery.k8s.io/" + version);
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteStartArray("items");
            foreach (var group in core ? [""] : documents.Groups) Group(json, documents, group);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    public static string ContentType(string version) => $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";

    private static void Group(Utf8JsonWriter json, DiscoveryDocuments documents, string group)
    {
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        if (group.Length > 0) json.WriteString("name", group);
        json.WriteNull("creationTimestamp");
        json.WriteEndObject();
        json.WriteStartArray("versions");
        foreach (var version in documents.KindsOf(group).GroupBy(kind => kind.Version, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("version", version.Key);
            json.WriteStartArray("resources");
            foreach (var kind in version) Resource(json, kind);
            json.WriteEndArray();
            json.WriteString("freshness", "Current");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Resource(Utf8JsonWriter json, KindInfo kind)
    {
        json.WriteStartObject();
        json.WriteString("resource", kind.Plural);
        ResponseKind(json, kind.Group, kind.Version, kind.Kind);
        json.WriteString("scope", kind.Namespaced ? "Namespaced" : "Cluster");
        json.WriteString("singularResource", kind.Singular);
        Strings(json, "verbs", kind.Verbs);
        if (kind.ShortNames.Count > 0) Strings(json, "shortNames", kind.ShortNames);
        if (kind.Categories.Count > 0) Strings(json, "categories", kind.Categories);
        var subresources = DiscoveryDocuments.Subresources(kind).OrderBy(sub => sub.Name, StringComparer.Ordinal).ToList();
        if (subresources.Count > 0)
        {
            json.WriteStartArray("subresources");
            foreach (var sub in subresources)
            {
                json.WriteStartObject();
                json.WriteString("subresource", sub.Name);
                ResponseKind(json, sub.Group, sub.Version, sub.Kind);
                Strings(json, "verbs", sub.Verbs);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void ResponseKind(Utf8JsonWriter json, string group, string version, string kind)
    {
        json.WriteStartObject("responseKind");
        json.WriteString("group", group);
        json.WriteString("version", version);
        json.WriteString("kind", kind);
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
