using System.Buffers;
using System.Text.Json;

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

    /// <summary>The text with those nulls replaced. Repeated fields stay repeated: what they mean is for others to say.</summary>
    public static byte[] Replace(RecordSchema schema, ReadOnlySpan<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            Copy(ref reader, writer, new ValueSchema(ValueShape.Record, "", RecordType: schema.Type));
        }
        return buffer.WrittenSpan.ToArray();
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

    /// <param name="reader">At the first token of a value; afterwards at its last.</param>
    /// <param name="writer">Gets the value.</param>
    /// <param name="schema">What the value should be; null where nobody knows.</param>
    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, ValueSchema? schema)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    writer.WritePropertyName(name);
                    reader.Read();
                    Copy(ref reader, writer, schema switch
                    {
                        { Shape: ValueShape.Record or ValueShape.RecordOrOther } => schema.Record.Find(name)?.Value,
                        { Shape: ValueShape.Map } => schema.Item,
                        _ => null,
                    });
                }
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                var item = schema is { Shape: ValueShape.List } ? schema.Item : null;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.Null && item is not null) writer.WriteRawValue(EmptyOf(item), skipInputValidation: true);
                    else Copy(ref reader, writer, item);
                }
                writer.WriteEndArray();
                break;
            default:
                // Numbers stay as they are written.
                if (reader.TokenType == JsonTokenType.String) writer.WriteStringValue(reader.GetString());
                else writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static ReadOnlySpan<byte> EmptyOf(ValueSchema schema) => schema.Shape switch
    {
        ValueShape.String or ValueShape.Bytes => "\"\""u8,
        ValueShape.Int32 or ValueShape.Int64 or ValueShape.Number or ValueShape.IntOrString => "0"u8,
        ValueShape.Boolean => "false"u8,
        ValueShape.Quantity => "\"0\""u8,
        ValueShape.List => "[]"u8,
        ValueShape.Record or ValueShape.RecordOrOther or ValueShape.Map => "{}"u8,
        _ => "null"u8,
    };
}
