using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>One cell of a <see cref="Table"/>: a text, a number, a flag or nothing.</summary>
[JsonConverter(typeof(TableCellConverter))]
public readonly record struct TableCell
{
    private TableCell(object? value) => Value = value;

    /// <summary>A string, a long, a double, a bool or null.</summary>
    public object? Value { get; }

    public static implicit operator TableCell(string? value) => new(value);

    public static implicit operator TableCell(long value) => new(value);

    public static implicit operator TableCell(double value) => new(value);

    public static implicit operator TableCell(bool value) => new(value);

    public override string ToString() => Value switch
    {
        null => "<none>",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        var other => other.ToString()!,
    };
}

internal sealed class TableCellConverter : JsonConverter<TableCell>
{
    public override bool HandleNull => true;

    public override TableCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? (TableCell)whole : (TableCell)reader.GetDouble(),
        JsonTokenType.True or JsonTokenType.False => reader.GetBoolean(),
        _ => throw new JsonException("a table's cell is a text, a number, a flag or null"),
    };

    public override void Write(Utf8JsonWriter writer, TableCell value, JsonSerializerOptions options)
    {
        switch (value.Value)
        {
            case string text: writer.WriteStringValue(text); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            default: writer.WriteNullValue(); break;
        }
    }
}
