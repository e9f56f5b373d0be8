using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>
/// The order of a merged list. What the patch names stands in the patch's order (or that of <c>$setElementOrder</c>), what only the
/// server has stands in its old order, and a server item comes before a patch item only if it did so before.
/// </summary>
internal static class ListOrder
{
    /// <summary>Carries out the patch's <c>$setElementOrder</c> members, and with them the changes of those lists.</summary>
    /// <returns>The fields that are done.</returns>
    public static IReadOnlySet<string> Apply(JsonObject target, JsonObject patch, RecordSchema? schema)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in patch)
        {
            if (!PatchDirectives.IsOrder(name)) continue;
            var listName = PatchDirectives.OrderedList(name);
            if (value is not JsonArray order) throw PatchException.BadRequest("invalid patch format of setElementOrder list");
            var before = target[listName] as JsonArray;
            var changes = patch[listName] as JsonArray;
            if (before is null && changes is null) continue;

            var field = schema?.Find(listName);
            var key = field?.PatchMerge?.Key;
            if (changes is not null) Check(changes, order, key, name);
            var merged = before is null
                ? (JsonArray)PatchDirectives.WithoutDirectives(changes)!
                : changes is null ? before : (JsonArray)StrategicMergePatch.MergeValue(before, changes, field)!;
            foreach (var (other, gone) in patch)
            {
                if (!PatchDirectives.TryDeletion(other, out var deletedFrom) || deletedFrom != listName || gone is not JsonArray scalars) continue;
                merged = new JsonArray(merged.Where(item => !scalars.Any(scalar => JsonNode.DeepEquals(scalar, item))).Select(item => item?.DeepClone()).ToArray());
            }
            target[listName] = Arrange([.. merged], [.. order], before is null ? [] : [.. before], key);
            done.Add(listName);
        }
        return done;
    }

    /// <param name="merged">The items of the result.</param>
    /// <param name="wanted">Items, or just their keys, in the order wanted.</param>
    /// <param name="before">The items as the server had them.</param>
    /// <param name="key">The merge key, or null for scalars.</param>
    public static JsonArray Arrange(List<JsonNode?> merged, List<JsonNode?> wanted, List<JsonNode?> before, string? key)
    {
        var named = merged.Where(item => IndexOf(wanted, item, key) >= 0).OrderBy(item => IndexOf(wanted, item, key)).ToList();
        var others = merged.Where(item => IndexOf(wanted, item, key) < 0).OrderBy(item => IndexOf(before, item, key)).ToList();
        var arranged = new JsonArray();
        var (nextNamed, nextOther) = (0, 0);
        while (nextNamed < named.Count || nextOther < others.Count)
        {
            var takeOther = nextNamed == named.Count
                || (nextOther < others.Count && WasBefore(others[nextOther], named[nextNamed], before, key));
            arranged.Add((takeOther ? others[nextOther++] : named[nextNamed++])?.DeepClone());
        }
        return arranged;
    }

    private static bool WasBefore(JsonNode? left, JsonNode? right, List<JsonNode?> before, string? key)
    {
        var (leftAt, rightAt) = (IndexOf(before, left, key), IndexOf(before, right, key));
        return leftAt >= 0 && rightAt >= 0 && leftAt < rightAt;
    }

    private static int IndexOf(List<JsonNode?> items, JsonNode? item, string? key)
    {
        var wanted = ListMerge.KeyOf(item, key);
        return items.FindIndex(other => JsonNode.DeepEquals(ListMerge.KeyOf(other, key), wanted));
    }

    /// <summary>The patch's own items must stand in the order that it demands, and be part of it.</summary>
    private static void Check(JsonArray changes, JsonArray order, string? key, string directive)
    {
        var at = 0;
        foreach (var change in changes)
        {
            if (change is JsonObject map && map.ContainsKey(PatchDirectives.Patch)) continue;
            var wanted = ListMerge.KeyOf(change, key);
            while (at < order.Count && !JsonNode.DeepEquals(ListMerge.KeyOf(order[at], key), wanted)) at++;
            if (at++ < order.Count) continue;
            throw PatchException.BadRequest(
                $"The order in patch list:\n{PatchText.GoValue(changes)}\n doesn't match {directive} list:\n{PatchText.GoValue(order)}\n");
        }
    }
}
