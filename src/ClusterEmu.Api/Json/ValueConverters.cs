using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>JSON null leaves a number at 0, as Go does.</summary>
internal sealed class Int32Converter : JsonConverter<int>
{
    public override bool HandleNull => true;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? 0 : reader.GetInt32();

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <inheritdoc cref="Int32Converter"/>
internal sealed class Int64Converter : JsonConverter<long>
{
    public override bool HandleNull => true;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? 0 : reader.GetInt64();

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>JSON null leaves a flag false, as Go does.</summary>
internal sealed class BooleanConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.Null && reader.GetBoolean();

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

/// <summary>A moment to the second, in UTC: <c>2026-01-02T03:04:05Z</c> (metav1.Time).</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        KubeTime.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(KubeTime.Seconds(value));
}

/// <summary>A moment to the microsecond, in UTC: <c>2026-01-02T03:04:05.000006Z</c> (metav1.MicroTime).</summary>
public sealed class MicroTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override bool HandleNull => true;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : KubeTime.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time) writer.WriteStringValue(KubeTime.Micros(time));
        else writer.WriteNullValue();
    }
}

internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override bool HandleNull => true;

    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.Null => "0",
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
            _ => throw new JsonException(),
        };
        return QuantityText.TryParse(text, out var quantity, out var problem) ? quantity : throw new JsonException(problem);
    }

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>A JSON document as it is, without decoding.</summary>
public sealed class RawJsonConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonSerializer.SerializeToUtf8Bytes(document.RootElement, ApiJsonContext.Default.JsonElement);
    }

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options)
    {
        if (value.IsEmpty) writer.WriteNullValue();
        else writer.WriteRawValue(value.Span, skipInputValidation: true);
    }
}

/// <summary>Kubernetes' two texts for a moment (RFC 3339).</summary>
public static class KubeTime
{
    /// <exception cref="FormatException">The text is no RFC 3339 time.</exception>
    public static DateTimeOffset Parse(string text)
    {
        const string shape = "2006-01-02T15:04:05Z07:00";
        if (text.Length >= 20 && text[10] == 'T'
            && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.ToUniversalTime();
        throw new FormatException($"parsing time \"{text}\" as \"{shape}\": cannot parse \"{text}\" as \"2006\"");
    }

    public static string Seconds(DateTimeOffset time) => string.Create("2006-01-02T15:04:05Z".Length, time.UtcDateTime, static (text, utc) =>
    {
        utc.TryFormat(text, out _, "s", CultureInfo.InvariantCulture); // .NET writes this format much faster than one of our own.
        text[19] = 'Z';
    });

    public static string Micros(DateTimeOffset time) => string.Create("2006-01-02T15:04:05.000000Z".Length, time.UtcDateTime, static (text, utc) =>
    {
        utc.TryFormat(text, out _, "s", CultureInfo.InvariantCulture);
        text[19] = '.';
        var micros = (uint)(utc.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        for (var place = 25; place > 19; place--, micros /= 10) text[place] = (char)('0' + (micros % 10));
        text[26] = 'Z';
    });

    /// <summary>The moment as <see cref="Seconds"/> writes it. Records keep it so: what is built here equals what is read back.</summary>
    public static DateTimeOffset? ToSeconds(DateTimeOffset? time) => Cut(time, TimeSpan.TicksPerSecond);

    /// <summary>The moment as <see cref="Micros"/> writes it.</summary>
    public static DateTimeOffset? ToMicros(DateTimeOffset? time) => Cut(time, TimeSpan.TicksPerMicrosecond);

    private static DateTimeOffset? Cut(DateTimeOffset? time, long ticks) =>
        time is { } moment ? new DateTimeOffset(moment.UtcTicks - (moment.UtcTicks % ticks), TimeSpan.Zero) : null;
}
