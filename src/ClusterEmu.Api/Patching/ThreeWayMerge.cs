using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>
/// The strategic merge patch that turns an object into its manifest: what the manifest says, and deletions of what it said last time but
/// no longer.
/// </summary>
/// <remarks>Source: kubectl apply (kubernetes/website, "Declarative management of objects", merge patch calculation).</remarks>
public static class ThreeWayMerge
{
    /// <summary>The annotation that holds the manifest that was applied last.</summary>
    public const string LastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <param name="lastApplied">The manifest that was applied last, as JSON; null if none was.</param>
    /// <param name="wanted">The manifest now.</param>
    /// <param name="kind">Tells which lists merge item by item; null if it is unknown. Of such a kind, and of a custom one, lists are replaced whole.</param>
    public static JsonObject Plan(string? lastApplied, JsonObject wanted, KindInfo? kind = null)
    {
        var patch = (JsonObject)wanted.DeepClone();
        if (lastApplied is not null && Parse(lastApplied) is { } last) MarkRemoved(last, wanted, patch, kind is null or CustomKind ? null : RecordSchema.Of(kind.ClrType));
        return patch;
    }

    private static void MarkRemoved(JsonObject last, JsonObject wanted, JsonObject patch, RecordSchema? schema)
    {
        foreach (var (name, before) in last)
        {
            var field = schema?.Find(name);
            if (!wanted.TryGetPropertyValue(name, out var now)) patch[name] = null;
            else if (before is JsonObject map && now is JsonObject mapNow) MarkRemoved(map, mapNow, (JsonObject)patch[name]!, RecordOf(field?.Value));
            else if (before is JsonArray list && now is JsonArray listNow && field?.PatchMerge?.Key is { } key)
                MarkRemovedItems(list, listNow, (JsonArray)patch[name]!, key, RecordOf(field.Value.Item));
        }
    }

    private static void MarkRemovedItems(JsonArray last, JsonArray wanted, JsonArray patch, string key, RecordSchema? schema)
    {
        foreach (var before in last.OfType<JsonObject>())
        {
            if (before[key] is not { } value) continue;
            var at = IndexOf(wanted, key, value);
            if (at >= 0) MarkRemoved(before, (JsonObject)wanted[at]!, (JsonObject)patch[at]!, schema);
            else patch.Add(new JsonObject { ["$patch"] = "delete", [key] = value.DeepClone() });
        }
    }

    private static int IndexOf(JsonArray list, string key, JsonNode value)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i] is JsonObject item && JsonNode.DeepEquals(item[key], value)) return i;
        return -1;
    }

    private static RecordSchema? RecordOf(ValueSchema? value) => value?.Shape == ValueShape.Record ? value.Record : null;

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // Somebody edited the annotation: then nothing counts as removed.
        }
    }
}
