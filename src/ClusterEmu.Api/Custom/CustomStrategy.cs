using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>What happens to custom objects before their validation.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/registry/customresource/strategy.go and status_strategy.go.</remarks>
internal static class CustomStrategy
{
    internal static CustomObject PrepareForCreate(CustomKind kind, CustomObject value)
    {
        var content = kind.HasStatus ? WithStatus(value.Content, null) : value.Content;
        return value with { Metadata = MetadataStrategy.ForCreate(value.Metadata, 1), Content = content };
    }

    internal static CustomObject PrepareForUpdate(CustomKind kind, CustomObject value, CustomObject old, bool status)
    {
        if (status)
        {
            // Nothing but the status is written there.
            var meta = old.Metadata with { ManagedFields = value.Metadata.ManagedFields };
            return value with { Metadata = meta, Content = WithStatus(old.Content, StatusOf(value.Content)) };
        }
        var content = kind.HasStatus ? WithStatus(value.Content, StatusOf(old.Content)) : value.Content;
        // What is neither metadata nor a status of its own makes a new generation.
        var changed = !JsonTree.Same(content, old.Content);
        return value with { Metadata = MetadataStrategy.ForUpdate(value.Metadata, old.Metadata, changed, unconditional: false), Content = content };
    }

    private static JsonElement? StatusOf(JsonElement content) => content.TryGetProperty("status", out var status) ? status : null;

    private static JsonElement WithStatus(JsonElement content, JsonElement? status)
    {
        if (status is null && StatusOf(content) is null) return content;
        var map = (JsonObject)JsonTree.Of(content)!;
        if (status is { } wanted) map["status"] = JsonTree.Of(wanted);
        else map.Remove("status");
        return CustomJson.ContentOf(JsonTree.ToElement(map));
    }
}
