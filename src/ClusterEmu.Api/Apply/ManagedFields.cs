using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>An object's <c>metadata.managedFields</c>, kept as the JSON in which it came: only who needs to know what is in it reads it.</summary>
[JsonConverter(typeof(ManagedFieldsConverter))]
public sealed class ManagedFields : IEquatable<ManagedFields>
{
    /// <summary>Left out, or null. In a request: what is stored stays.</summary>
    public static readonly ManagedFields None = new(default, false);

    /// <summary>An empty list, or one with a single empty entry. In a request: whatever is stored is forgotten.</summary>
    public static readonly ManagedFields Reset = new(default, true);

    private ManagedFields(ReadOnlyMemory<byte> json, bool isReset) => (Json, IsReset) = (json, isReset);

    /// <summary>A JSON list; empty if there are no entries. Nobody may change these bytes.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Whether this asks to forget all managers.</summary>
    public bool IsReset { get; }
    public bool IsEmpty => Json.IsEmpty;

    /// <param name="json">A JSON list of entries; empty for none.</param>
    public static ManagedFields Of(ReadOnlyMemory<byte> json) => json.IsEmpty ? None : new(json, false);

    /// <summary>The entries, decoded anew at each call.</summary>
    /// <exception cref="ObjectDecodingException">They are no entries.</exception>
    public IReadOnlyList<ManagedFieldsEntry> Entries() =>
        IsEmpty ? [] : ApiJson.Decode<List<ManagedFieldsEntry>>(Json.Span);

    public bool Equals(ManagedFields? other) => other is not null && IsReset == other.IsReset && Json.Span.SequenceEqual(other.Json.Span);

    public override bool Equals(object? obj) => Equals(obj as ManagedFields);

    public override int GetHashCode() => Json.Length;
}

internal sealed class ManagedFieldsConverter : JsonConverter<ManagedFields>
{
    public override bool HandleNull => true;

    public override ManagedFields Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return ManagedFields.None;
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException();
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        foreach (var entry in root.EnumerateArray()) Check(entry);
        if (root.GetArrayLength() == 0 || (root.GetArrayLength() == 1 && IsBlank(root[0]))) return ManagedFields.Reset;
        return ManagedFields.Of(JsonMarshal.GetRawUtf8Value(root).ToArray());
    }

    public override void Write(Utf8JsonWriter writer, ManagedFields value, JsonSerializerOptions options)
    {
        if (value.IsEmpty) writer.WriteNullValue();
        else writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
    }

    /// <summary>An entry that says nothing, in whichever way.</summary>
    private static bool IsBlank(JsonElement entry) => entry.ValueKind == JsonValueKind.Null
        || entry.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Null || member.Value.ValueEquals(""u8));

    /// <summary>Whether the record could hold it. The message comes from the record's schema.</summary>
    private static void Check(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Null) return;
        if (entry.ValueKind != JsonValueKind.Object) throw new JsonException();
        foreach (var member in entry.EnumerateObject())
        {
            if (member.Name is not ("manager" or "operation" or "apiVersion" or "time" or "fieldsType" or "subresource")) continue;
            if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) throw new JsonException();
            if (member.Name == "time" && member.Value.GetString() is { } time) KubeTime.Parse(time);
        }
    }
}
