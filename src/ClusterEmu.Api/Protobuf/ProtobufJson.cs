using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ClusterEmu.Api;

/// <summary>Writes decoded messages as the JSON that Kubernetes has for them.</summary>
internal static class ProtobufJson
{
    /// <summary>The deepest JSON that <c>fieldsV1</c> may carry.</summary>
    private const int MaxRawDepth = 48;

    /// <summary>The members of an object, without its braces.</summary>
    /// <exception cref="ObjectDecodingException">A value has no JSON form.</exception>
    public static void WriteMembers(Utf8JsonWriter writer, ProtobufValues values)
    {
        foreach (var (field, value) in values.Sent)
        {
            if (field.JsonName.Length == 0)
            {
                WriteMembers(writer, (ProtobufValues)value);
                continue;
            }
            if (IsLeftOut(field, value)) continue;
            writer.WritePropertyName(field.JsonName);
            switch (value)
            {
                case List<object> items:
                    writer.WriteStartArray();
                    foreach (var item in items) WriteValue(writer, field.Type, item);
                    writer.WriteEndArray();
                    break;
                case Dictionary<string, object> map:
                    writer.WriteStartObject();
                    foreach (var (key, item) in map)
                    {
                        writer.WritePropertyName(key);
                        WriteValue(writer, field.Type, item);
                    }
                    writer.WriteEndObject();
                    break;
                default:
                    WriteValue(writer, field.Type, value);
                    break;
            }
        }
    }

    /// <summary>Go sends fields that are no pointers even if nobody set them.</summary>
    private static bool IsLeftOut(ProtobufField field, object value) => value switch
    {
        ProtobufValues { Message.Form: ProtobufForm.Time or ProtobufForm.MicroTime } time => TimeOf(time) is null,
        ProtobufValues { Message.Form: ProtobufForm.RawJson } raw => raw[1] is not byte[] { Length: > 0 },
        _ when field.Rule != ProtobufRule.Value => false,
        string { Length: 0 } or 0L => true,
        _ => false,
    };

    private static void WriteValue(Utf8JsonWriter writer, ProtobufType type, object value)
    {
        switch (value)
        {
            case string text: writer.WriteStringValue(text); break;
            case byte[] bytes: writer.WriteBase64StringValue(bytes); break;
            case long flag when type == ProtobufType.Bool: writer.WriteBooleanValue(flag != 0); break;
            case long number: writer.WriteNumberValue(number); break;
            case ProtobufValues message: WriteMessage(writer, message); break;
            default: throw new ArgumentException($"A {value.GetType().Name} is no decoded value.", nameof(value));
        }
    }

    private static void WriteMessage(Utf8JsonWriter writer, ProtobufValues message)
    {
        switch (message.Message.Form)
        {
            case ProtobufForm.Time when TimeOf(message) is { } time: writer.WriteStringValue(KubeTime.Seconds(time)); break;
            case ProtobufForm.MicroTime when TimeOf(message) is { } time: writer.WriteStringValue(KubeTime.Micros(time)); break;
            case ProtobufForm.Time or ProtobufForm.MicroTime: writer.WriteNullValue(); break;
            case ProtobufForm.Quantity: writer.WriteStringValue(message[1] as string ?? "0"); break;
            case ProtobufForm.IntOrString when message[1] is 1L: writer.WriteStringValue(message[3] as string ?? ""); break;
            case ProtobufForm.IntOrString: writer.WriteNumberValue(message[2] as long? ?? 0); break;
            case ProtobufForm.RawJson: WriteRaw(writer, message[1] as byte[] ?? []); break;
            case ProtobufForm.List:
                writer.WriteStartArray();
                foreach (var item in message[1] as List<object> ?? []) WriteValue(writer, message.Message.Fields[0].Type, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                WriteMembers(writer, message);
                writer.WriteEndObject();
                break;
        }
    }

    /// <summary>Null for Go's zero time: a message without content, or the first second of year 1.</summary>
    private static DateTimeOffset? TimeOf(ProtobufValues message)
    {
        if (message.Sent.Count == 0) return null;
        var seconds = message[1] as long? ?? 0;
        var nanos = message.Message.Form == ProtobufForm.MicroTime ? message[2] as long? ?? 0 : 0;
        var ticks = (Int128)seconds * TimeSpan.TicksPerSecond + nanos / 1000 * TimeSpan.TicksPerMicrosecond + DateTimeOffset.UnixEpoch.Ticks;
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
            throw new ObjectDecodingException(string.Create(CultureInfo.InvariantCulture, $"Time.MarshalJSON: year outside of range [1,9999]: {seconds} seconds"));
        return ticks == 0 ? null : new DateTimeOffset((long)ticks, TimeSpan.Zero);
    }

    private static void WriteRaw(Utf8JsonWriter writer, byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxRawDepth });
            while (reader.Read()) { } // To the end: text after the value would break the object around it.
        }
        catch (JsonException malformed)
        {
            throw new ObjectDecodingException(GoJsonSyntax.FindProblem(json) ?? malformed.Message);
        }
        if (!Utf8.IsValid(json)) json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
