using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ClusterEmu.Api;

/// <summary>Custom objects as JSON: fields in ordinal order, as Go writes maps.</summary>
internal static class CustomJson
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonElement Nothing = JsonTree.Parse("{}"u8);

    /// <summary>The fields that every object has, in the order in which they are written.</summary>
    private static readonly (string Name, Action<Utf8JsonWriter, CustomObject> Write)[] Own =
    [
        ("apiVersion", static (writer, value) => writer.WriteString("apiVersion", value.ApiVersion)),
        ("kind", static (writer, value) => writer.WriteString("kind", value.Kind)),
        ("metadata", WriteMetadata),
    ];

    public static byte[] Encode(CustomObject value)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            var next = 0;
            foreach (var member in value.Content.EnumerateObject())
            {
                while (next < Own.Length && string.CompareOrdinal(Own[next].Name, member.Name) < 0) Own[next++].Write(writer, value);
                member.WriteTo(writer);
            }
            while (next < Own.Length) Own[next++].Write(writer, value);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an object. What it does not say of itself is taken from <paramref name="type"/>.</summary>
    /// <exception cref="ObjectDecodingException">The text is no JSON object, or its metadata cannot be read.</exception>
    public static CustomObject Decode(KindInfo type, ReadOnlySpan<byte> json)
    {
        JsonElement root;
        try
        {
            root = JsonTree.Parse(json);
        }
        catch (JsonException malformed)
        {
            if (!Utf8.IsValid(json)) return Decode(type, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json)));
            throw new ObjectDecodingException(GoJsonSyntax.FindProblem(json) ?? malformed.Message);
        }
        if (root.ValueKind == JsonValueKind.Null) root = Nothing;
        if (root.ValueKind != JsonValueKind.Object) throw new ObjectDecodingException($"json: cannot unmarshal {GoJson.TypeOf(root)} into Go value of type map[string]interface {{}}");
        return new CustomObject
        {
            Type = type,
            ApiVersion = Text(root, "apiVersion") is { Length: > 0 } version ? version : type.ApiVersion,
            Kind = Text(root, "kind") is { Length: > 0 } kind ? kind : type.Kind,
            Metadata = root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind != JsonValueKind.Null ? MetadataOf(metadata) : ObjectMeta.Empty,
            Content = ContentOf(root),
        };
    }

    /// <summary>The fields that are neither apiVersion nor kind nor metadata, sorted.</summary>
    public static JsonElement ContentOf(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            JsonTree.WriteMembers(writer, root, static name => name is not ("apiVersion" or "kind" or "metadata"));
            writer.WriteEndObject();
        }
        return JsonTree.Parse(buffer.WrittenSpan);
    }

    private static ObjectMeta MetadataOf(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object) throw new ObjectDecodingException($"json: cannot unmarshal {GoJson.TypeOf(metadata)} into Go struct field .metadata of type v1.ObjectMeta");
        return ApiJson.Decode<ObjectMeta>(Encoding.UTF8.GetBytes(metadata.GetRawText()));
    }

    /// <summary>The managers come last and as they are, as in all kinds: the store exchanges them in place.</summary>
    private static void WriteMetadata(Utf8JsonWriter writer, CustomObject value)
    {
        writer.WriteStartObject("metadata");
        JsonTree.WriteMembers(writer, JsonTree.Parse(ApiJson.Encode(value.Metadata with { ManagedFields = ManagedFields.None })), static _ => true);
        if (!value.Metadata.ManagedFields.IsEmpty)
        {
            writer.WritePropertyName("managedFields");
            writer.WriteRawValue(value.Metadata.ManagedFields.Json.Span, skipInputValidation: true);
        }
        writer.WriteEndObject();
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
