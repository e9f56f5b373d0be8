using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>A null in a list stands for the empty value of the list's type, as Go reads it.</summary>
internal static class NullItems
{
    /// <summary>True if some list of the text has a null among its items.</summary>
    public static bool AreIn(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("null"u8) < 0) return false;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.StartArray && HasNull(ref reader)) return true;
        return false;
    }

    public static byte[] Replace(RecordSchema schema, ReadOnlySpan<byte> json)
    {
        var root = JsonNode.Parse(json);
        Replace(new ValueSchema(ValueShape.Record, "", RecordType: schema.Type), root);
        return JsonSerializer.SerializeToUtf8Bytes(root, ApiJsonContext.Default.JsonNode);
    }

    private static bool HasNull(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null) return true;
            if (reader.TokenType == JsonTokenType.StartArray && HasNull(ref reader)) return true;
            if (reader.TokenType != JsonTokenType.StartObject) continue;
            var depth = reader.CurrentDepth;
            while (reader.Read() && reader.CurrentDepth > depth)
                if (reader.TokenType == JsonTokenType.StartArray && HasNull(ref reader)) return true;
        }
        return false;
    }

    private static void Replace(ValueSchema schema, JsonNode? node)
    {
        if (schema.Shape is ValueShape.Record or ValueShape.RecordOrOther && node is JsonObject members)
        {
            foreach (var (name, value) in members.ToArray())
                if (schema.Record.Find(name) is { } field) Replace(field.Value, value);
        }
        else if (schema.Shape == ValueShape.Map && node is JsonObject map)
        {
            foreach (var (_, value) in map) Replace(schema.Item!, value);
        }
        else if (schema.Shape == ValueShape.List && node is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++)
            {
                if (items[index] is null) items[index] = EmptyOf(schema.Item!);
                else Replace(schema.Item!, items[index]);
            }
        }
    }

    private static JsonNode? EmptyOf(ValueSchema schema) => schema.Shape switch
    {
        ValueShape.String or ValueShape.Bytes => "",
        ValueShape.Int32 or ValueShape.Int64 or ValueShape.Number or ValueShape.IntOrString => 0,
        ValueShape.Boolean => false,
        ValueShape.Quantity => "0",
        ValueShape.List => new JsonArray(),
        ValueShape.Record or ValueShape.RecordOrOther or ValueShape.Map => new JsonObject(),
        _ => null,
    };
}
