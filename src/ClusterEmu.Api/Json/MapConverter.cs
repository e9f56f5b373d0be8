using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>A map; its keys are written in ordinal order, as Go writes them.</summary>
internal abstract class MapConverter<T> : JsonConverter<IReadOnlyDictionary<string, T>>
{
    protected abstract T ReadValue(ref Utf8JsonReader reader);

    protected abstract void WriteValue(Utf8JsonWriter writer, string key, T value);

    public override IReadOnlyDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            map[key] = ReadValue(ref reader);
        }
        return map;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value is Dictionary<string, T> known && IsInOrder(known)) // As all that was read from our own JSON: nothing to sort.
        {
            foreach (var (key, item) in known) WriteValue(writer, key, item);
        }
        else
        {
            var keys = value.Keys.ToArray();
            Array.Sort(keys, StringComparer.Ordinal);
            foreach (var key in keys) WriteValue(writer, key, value[key]);
        }
        writer.WriteEndObject();
    }

    private static bool IsInOrder(Dictionary<string, T> map)
    {
        string? before = null;
        foreach (var (key, _) in map)
        {
            if (string.CompareOrdinal(before, key) > 0) return false;
            before = key;
        }
        return true;
    }
}

internal sealed class StringMapConverter : MapConverter<string>
{
    protected override string ReadValue(ref Utf8JsonReader reader) => reader.GetString() ?? "";

    protected override void WriteValue(Utf8JsonWriter writer, string key, string value) => writer.WriteString(key, value);
}

internal sealed class BytesMapConverter : MapConverter<byte[]>
{
    protected override byte[] ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? [] : reader.GetBytesFromBase64();

    protected override void WriteValue(Utf8JsonWriter writer, string key, byte[] value) => writer.WriteBase64String(key, value);
}

internal sealed class QuantityMapConverter : MapConverter<Quantity>
{
    private static readonly QuantityConverter Value = new();

    protected override Quantity ReadValue(ref Utf8JsonReader reader) => Value.Read(ref reader, typeof(Quantity), JsonSerializerOptions.Default);

    protected override void WriteValue(Utf8JsonWriter writer, string key, Quantity value) => writer.WriteString(key, value.ToString());
}

internal sealed class TimeMapConverter : MapConverter<DateTimeOffset>
{
    protected override DateTimeOffset ReadValue(ref Utf8JsonReader reader) => KubeTime.Parse(reader.GetString()!);

    protected override void WriteValue(Utf8JsonWriter writer, string key, DateTimeOffset value) => writer.WriteString(key, KubeTime.Seconds(value));
}

internal sealed class ListMapConverter : MapConverter<IReadOnlyList<string>>
{
    protected override IReadOnlyList<string> ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return [];
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException();
        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(reader.GetString() ?? "");
        return items;
    }

    protected override void WriteValue(Utf8JsonWriter writer, string key, IReadOnlyList<string> value)
    {
        writer.WriteStartArray(key);
        foreach (var item in value) writer.WriteStringValue(item);
        writer.WriteEndArray();
    }
}
