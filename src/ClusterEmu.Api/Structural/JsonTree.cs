using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>JSON as a tree that can be changed, and back. Where a field is given twice, the last one counts, as in Go.</summary>
internal static class JsonTree
{
    public static JsonNode? Of(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var member in value.EnumerateObject()) map[member.Name] = Of(member.Value);
                return map;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in value.EnumerateArray()) list.Add(Of(item));
                return list;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(value.Clone());
        }
    }

    public static JsonElement ToElement(JsonNode? node) =>
        node is null ? NullElement : JsonSerializer.SerializeToElement(node, ApiJson.TypeInfo<JsonNode>());

    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Writes a value with its fields in ordinal order, as Go writes maps.</summary>
    public static void WriteSorted(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                WriteMembers(writer, value, static _ => true);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) WriteSorted(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>Writes the fields of an object, in ordinal order. Of a field that is given twice the last one counts.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, JsonElement map, Func<string, bool> wanted)
    {
        var members = map.EnumerateObject().Where(member => wanted(member.Name)).OrderBy(member => member.Name, StringComparer.Ordinal).ToArray();
        for (var i = 0; i < members.Length; i++)
        {
            if (i + 1 < members.Length && members[i].Name == members[i + 1].Name) continue;
            writer.WritePropertyName(members[i].Name);
            WriteSorted(writer, members[i].Value);
        }
    }

    /// <summary>Whether two values are the same; numbers by their value, objects whatever the order of their fields.</summary>
    public static bool Same(JsonElement left, JsonElement right) => JsonElement.DeepEquals(left, right);

    private static readonly JsonElement NullElement = Parse("null"u8);
}
