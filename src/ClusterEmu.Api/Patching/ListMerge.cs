using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Merges a list of a strategic merge patch into the object's: by key, or as a set of scalars.</summary>
internal static class ListMerge
{
    public static JsonArray Merge(JsonArray target, JsonArray patch, FieldSchema field, string? key)
    {
        if (target.Concat(patch).Any(item => item is JsonArray)) throw PatchException.Unprocessable();
        var before = target.Select(item => item?.DeepClone()).ToList();
        List<JsonNode?> merged;
        List<JsonNode?> wanted;
        if (key is null)
        {
            wanted = [.. patch];
            merged = [];
            foreach (var item in before.Concat(wanted))
                if (!merged.Exists(known => JsonNode.DeepEquals(known, item))) merged.Add(item);
        }
        else
        {
            (before, wanted) = CarryOutItemDirectives(before, patch, key);
            merged = MergeItems(before, wanted, field, key);
        }
        return ListOrder.Arrange(merged, wanted, before, key);
    }

    /// <summary>The value of an item's merge key.</summary>
    /// <exception cref="PatchException">The item has none.</exception>
    public static JsonNode? KeyOf(JsonNode? item, string? key)
    {
        if (key is null) return item;
        if (item is JsonObject map && map.TryGetPropertyValue(key, out var value)) return value;
        throw new PatchException(400, "BadRequest", $"map: {PatchText.GoValue(item)} does not contain declared merge key: {key}");
    }

    private static (List<JsonNode?> Target, List<JsonNode?> Patch) CarryOutItemDirectives(List<JsonNode?> target, JsonArray patch, string key)
    {
        var plain = new List<JsonNode?>();
        var replaces = false;
        foreach (var item in patch)
        {
            if (item is not JsonObject map || !map.TryGetPropertyValue(PatchDirectives.Patch, out var directive))
            {
                plain.Add(item);
                continue;
            }
            switch (PatchDirectives.Text(directive))
            {
                case "delete":
                    var gone = KeyOf(map, key);
                    target = target.FindAll(known => !Same(known, gone, key));
                    break;
                case "replace":
                    replaces = true;
                    break;
                case "merge":
                    throw PatchException.BadRequest("merging lists cannot yet be specified in the patch");
                default:
                    throw PatchDirectives.UnknownDirective(directive, map);
            }
        }
        return replaces ? ([], plain) : (target, plain);
    }

    private static List<JsonNode?> MergeItems(List<JsonNode?> target, List<JsonNode?> patch, FieldSchema field, string key)
    {
        var merged = new List<JsonNode?>(target);
        foreach (var item in patch)
        {
            var wanted = KeyOf(item, key);
            var found = merged.FindIndex(known => Same(known, wanted, key));
            if (found < 0) merged.Add(PatchDirectives.WithoutDirectives(item));
            else merged[found] = StrategicMergePatch.MergeMap((JsonObject)merged[found]!, (JsonObject)item!, field.Value.Item!.Record);
        }
        return merged;
    }

    private static bool Same(JsonNode? item, JsonNode? keyValue, string key) =>
        item is JsonObject map && map.TryGetPropertyValue(key, out var value) && JsonNode.DeepEquals(value, keyValue);
}
