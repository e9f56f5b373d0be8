using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>
/// Strategic merge patch: a merge patch that merges lists of named items, as <see cref="PatchMergeAttribute"/> says, and obeys
/// the directives <c>$patch</c>, <c>$retainKeys</c>, <c>$deleteFromPrimitiveList</c> and <c>$setElementOrder</c>.
/// </summary>
/// <remarks>The rules and errors are those of k8s.io/apimachinery util/strategicpatch, as the API server applies patches.</remarks>
public static class StrategicMergePatch
{
    /// <param name="kind">Its record says which lists merge, and by which key.</param>
    /// <param name="target">The object's JSON.</param>
    /// <param name="patch">The patch, a JSON object.</param>
    /// <exception cref="PatchException">The patch cannot be read or does not apply.</exception>
    public static byte[] Apply(KindInfo kind, ReadOnlySpan<byte> target, ReadOnlySpan<byte> patch) =>
        PatchText.Write(MergeMap(PatchText.ReadObject(target), PatchText.ReadPatch(patch), RecordSchema.Of(kind.ClrType)));

    /// <summary>Merges into <paramref name="target"/>, which is returned; after <c>$patch: replace</c> it is another object.</summary>
    /// <param name="target">Changed in place.</param>
    /// <param name="patch">Left as it is.</param>
    /// <param name="schema">Null for maps, whose values are scalars.</param>
    internal static JsonObject MergeMap(JsonObject target, JsonObject patch, RecordSchema? schema)
    {
        if (patch.TryGetPropertyValue(PatchDirectives.Patch, out var directive)) return Directed(patch, directive);
        if (patch.TryGetPropertyValue(PatchDirectives.RetainKeys, out var retained)) RetainKeys(target, patch, retained);
        var ordered = ListOrder.Apply(target, patch, schema);
        foreach (var (name, value) in patch)
        {
            if (name == PatchDirectives.RetainKeys || PatchDirectives.IsOrder(name) || ordered.Contains(name)) continue;
            if (PatchDirectives.TryDeletion(name, out var listName)) DeleteScalars(target, listName, value);
            else if (value is null) target.Remove(name);
            else target[name] = MergeValue(target[name], value, schema?.Find(name));
        }
        return target;
    }

    /// <summary>The field's new value, never a node that belongs to the patch or still to the target.</summary>
    internal static JsonNode? MergeValue(JsonNode? target, JsonNode patch, FieldSchema? field)
    {
        if (target is JsonObject targetMap && patch is JsonObject patchMap && field?.PatchReplaces != true)
        {
            var schema = field?.Value is { Shape: ValueShape.Record } value ? value.Record : null;
            return MergeMap((JsonObject)targetMap.DeepClone(), patchMap, schema);
        }
        if (target is JsonArray targetList && patch is JsonArray patchList && field?.PatchMerge is { } merge)
            return ListMerge.Merge(targetList, patchList, field, merge.Key);
        return PatchDirectives.WithoutDirectives(patch);
    }

    private static JsonObject Directed(JsonObject patch, JsonNode? directive)
    {
        var how = PatchDirectives.Text(directive);
        if (how == "delete") return [];
        if (how != "replace") throw PatchDirectives.UnknownDirective(directive, patch);
        return (JsonObject?)PatchDirectives.WithoutDirectives(patch) ?? [];
    }

    private static void RetainKeys(JsonObject target, JsonObject patch, JsonNode? retained)
    {
        if (retained is not JsonArray list || list.Any(item => PatchDirectives.Text(item) is null))
            throw PatchException.BadRequest("invalid patch format of retainKeys");
        var keys = list.Select(item => PatchDirectives.Text(item)!).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in patch)
        {
            if (value is not null && !name.StartsWith('$') && !keys.Contains(name))
                throw PatchException.BadRequest("invalid patch format of retainKeys");
        }
        foreach (var name in target.Select(pair => pair.Key).Where(name => !keys.Contains(name)).ToArray()) target.Remove(name);
    }

    private static void DeleteScalars(JsonObject target, string name, JsonNode? value)
    {
        if (value is not JsonArray gone) throw PatchException.BadRequest("invalid patch format of primitive list");
        if (target[name] is not JsonArray list) return;
        for (var index = list.Count - 1; index >= 0; index--)
            if (gone.Any(item => JsonNode.DeepEquals(item, list[index]))) list.RemoveAt(index);
    }
}
