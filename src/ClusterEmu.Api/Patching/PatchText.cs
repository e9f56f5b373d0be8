using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Patches and objects as text and as trees.</summary>
internal static class PatchText
{
    /// <summary>An object as stored.</summary>
    public static JsonObject ReadObject(ReadOnlySpan<byte> json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>A patch that must be a JSON object.</summary>
    /// <exception cref="PatchException">It is something else.</exception>
    public static JsonObject ReadPatch(ReadOnlySpan<byte> patch)
    {
        var node = Read(patch, "error decoding patch: ");
        return node as JsonObject ?? throw PatchException.BadRequest(
            $"error decoding patch: json: cannot unmarshal {NameOf(node)} into Go value of type map[string]interface {{}}");
    }

    public static JsonNode? Read(ReadOnlySpan<byte> patch, string prefix)
    {
        try
        {
            if (LoneSurrogates.Replace(patch) is { } mended) patch = mended;
            var node = JsonNode.Parse(patch);
            Touch(node);
            return node;
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidOperationException)
        {
            throw PatchException.BadRequest(prefix + (GoJsonSyntax.FindProblem(patch) ?? malformed.Message));
        }
    }

    public static byte[] Write(JsonNode? node) => ApiJson.Encode(node!, ApiJson.TypeInfo<JsonNode>());

    /// <summary>What Go calls a JSON value of this kind.</summary>
    public static string NameOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        null => "null",
        _ => "bool",
    };

    /// <summary>A value as Go prints it (<c>%v</c>): <c>map[name:x ports:[1 2]]</c>.</summary>
    public static string GoValue(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{GoValue(pair.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(GoValue))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    /// <summary>Trees are built at first use, and that is when repeated fields are found.</summary>
    private static void Touch(JsonNode? node)
    {
        if (node is JsonObject map)
            foreach (var (_, value) in map) Touch(value);
        if (node is JsonArray list)
            foreach (var item in list) Touch(item);
    }
}
