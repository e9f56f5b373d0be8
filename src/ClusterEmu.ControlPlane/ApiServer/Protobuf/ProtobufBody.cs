using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Turns a protobuf body into the JSON that says the same. kubectl sends its own kinds this way; answers are JSON.</summary>
/// <remarks>Source: k8s.io/apimachinery runtime/serializer/protobuf: four bytes, then a runtime.Unknown around the object.</remarks>
public static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";
    private const int MaxDepth = 64;
    private static readonly byte[] Prefix = [0x6B, 0x38, 0x73, 0x00];

    /// <exception cref="ObjectDecodingException">The bytes are no such body, or of a kind that is not known here.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Prefix)) throw ProtobufReader.Malformed("it does not begin with the bytes 6b 38 73 00");
        var unknown = body[Prefix.Length..];
        var type = ProtobufReader.Find(unknown, 1);
        var apiVersion = ProtobufReader.Text(ProtobufReader.Find(type, 1));
        var kind = ProtobufReader.Text(ProtobufReader.Find(type, 2));
        var message = ProtobufMessages.NameOf(apiVersion, kind);
        if (ProtobufMessages.Find(message) is null) throw new ObjectDecodingException($"no kind \"{kind}\" is registered for version \"{apiVersion}\"");
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteString("apiVersion", apiVersion);
            Fields(json, ProtobufReader.Find(unknown, 2), message, 0);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void Fields(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, string message, int depth)
    {
        if (depth > MaxDepth) throw ProtobufReader.Malformed("its objects are nested too deeply");
        var fields = ProtobufMessages.Find(message)!;
        foreach (var field in fields)
        {
            if (field.IsList) List(json, bytes, field, depth);
            else if (field.IsMap) Map(json, bytes, field, depth);
            else Single(json, bytes, field, depth);
        }
    }

    private static void Single(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, ProtobufField field, int depth)
    {
        var reader = new ProtobufReader(bytes);
        ulong value = 0;
        ReadOnlySpan<byte> content = default;
        var found = false;
        while (reader.Next())
        {
            if (reader.Number != field.Number) continue;
            found = true; // Of several the last one counts.
            if (reader.IsBytes) content = reader.Bytes;
            else value = reader.Value;
        }
        if (!found) return;
        if (field.JsonName is null)
        {
            Fields(json, content, field.Message, depth + 1);
            return;
        }
        json.WritePropertyName(field.JsonName);
        Value(json, content, value, field, depth);
    }

    private static void List(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, ProtobufField field, int depth)
    {
        var reader = new ProtobufReader(bytes);
        var open = false;
        while (reader.Next())
        {
            if (reader.Number != field.Number) continue;
            if (!open) json.WriteStartArray(field.JsonName!);
            open = true;
            Value(json, reader.Bytes, reader.Value, field, depth);
        }
        if (open) json.WriteEndArray();
    }

    private static void Map(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, ProtobufField field, int depth)
    {
        var reader = new ProtobufReader(bytes);
        var open = false;
        while (reader.Next())
        {
            if (reader.Number != field.Number) continue;
            if (!open) json.WriteStartObject(field.JsonName!);
            open = true;
            json.WritePropertyName(ProtobufReader.Text(ProtobufReader.Find(reader.Bytes, 1)));
            Value(json, ProtobufReader.Find(reader.Bytes, 2), 0, field, depth);
        }
        if (open) json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, ReadOnlySpan<byte> content, ulong value, ProtobufField field, int depth)
    {
        switch (field.Type)
        {
            case ProtobufType.String: json.WriteStringValue(content); break;
            case ProtobufType.Bytes: json.WriteBase64StringValue(content); break;
            case ProtobufType.Bool: json.WriteBooleanValue(value != 0); break;
            case ProtobufType.Integer: json.WriteNumberValue((long)value); break;
            case ProtobufType.Time: Time(json, content, "yyyy-MM-dd'T'HH:mm:ss'Z'"); break;
            case ProtobufType.MicroTime: Time(json, content, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"); break;
            case ProtobufType.IntOrString: NumberOrText(json, content); break;
            case ProtobufType.Quantity: json.WriteStringValue(ProtobufReader.Find(content, 1)); break;
            case ProtobufType.RawJson:
                var raw = ProtobufReader.Find(content, 1);
                if (raw.IsEmpty) json.WriteNullValue();
                else json.WriteRawValue(raw);
                break;
            default:
                json.WriteStartObject();
                Fields(json, content, field.Message, depth + 1);
                json.WriteEndObject();
                break;
        }
    }

    private static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> content, string format)
    {
        if (content.IsEmpty)
        {
            json.WriteNullValue();
            return;
        }
        var (seconds, nanoseconds) = (0L, 0L);
        var reader = new ProtobufReader(content);
        while (reader.Next())
        {
            if (reader.Number == 1) seconds = (long)reader.Value;
            else if (reader.Number == 2) nanoseconds = (long)reader.Value;
        }
        if (seconds is < -62135596800 or > 253402300799) throw ProtobufReader.Malformed("a time lies outside the years 1 to 9999");
        json.WriteStringValue(DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100).ToString(format, CultureInfo.InvariantCulture));
    }

    private static void NumberOrText(Utf8JsonWriter json, ReadOnlySpan<byte> content)
    {
        var (isText, number) = (false, 0L);
        ReadOnlySpan<byte> text = default;
        var reader = new ProtobufReader(content);
        while (reader.Next())
        {
            if (reader.Number == 1) isText = reader.Value == 1;
            else if (reader.Number == 2) number = (long)reader.Value;
            else if (reader.Number == 3) text = reader.Bytes;
        }
        if (isText) json.WriteStringValue(text);
        else json.WriteNumberValue(number);
    }
}
