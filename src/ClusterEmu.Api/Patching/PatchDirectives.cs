using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>The members of a strategic merge patch that are no fields.</summary>
internal static class PatchDirectives
{
    public const string Patch = "$patch";
    public const string RetainKeys = "$retainKeys";
    private const string Deletion = "$deleteFromPrimitiveList/";
    private const string Order = "$setElementOrder/";

    public static bool IsOrder(string name) => name.StartsWith(Order, StringComparison.Ordinal);

    /// <exception cref="PatchException">No list is named.</exception>
    public static string OrderedList(string name) => name.Length > Order.Length && !name[Order.Length..].Contains('/')
        ? name[Order.Length..]
        : throw PatchException.BadRequest("invalid patch format of setElementOrder list");

    public static bool TryDeletion(string name, out string list)
    {
        list = name.StartsWith(Deletion, StringComparison.Ordinal) ? name[Deletion.Length..] : "";
        return list.Length > 0;
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static PatchException UnknownDirective(JsonNode? directive, JsonObject where) =>
        new(400, "BadRequest", $"unknown patch type: {PatchText.GoValue(directive)} in map: {PatchText.GoValue(where)}");

    /// <summary>A value that becomes part of the object as it is: its directives and nulls are dropped. Null if it is itself to be deleted.</summary>
    public static JsonNode? WithoutDirectives(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                if (map.TryGetPropertyValue(Patch, out var directive) && Text(directive) == "delete") return null;
                var kept = new JsonObject();
                foreach (var (name, value) in map)
                    if (!name.StartsWith('$') && WithoutDirectives(value) is { } clean) kept[name] = clean;
                return kept;
            case JsonArray list:
                var items = new JsonArray();
                foreach (var item in list)
                    if (WithoutDirectives(item) is { } clean) items.Add(clean);
                return items;
            default:
                return node?.DeepClone();
        }
    }
}
