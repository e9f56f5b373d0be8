using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>A number or a name, such as a target port (8080 or <c>http</c>) or a share (<c>25%</c>).</summary>
/// <remarks>The default value is the number 0, as in Kubernetes (k8s.io/apimachinery util/intstr).</remarks>
[JsonConverter(typeof(IntOrStringConverter))]
public readonly record struct IntOrString
{
    private readonly string? _text;

    public IntOrString(int number) => Number = number;

    public IntOrString(string text) => _text = text;

    public bool IsString => _text is not null;

    /// <summary>The number; 0 if this is a text.</summary>
    public int Number { get; }

    /// <summary>The text; empty if this is a number.</summary>
    public string Text => _text ?? "";

    /// <summary>Neither a number other than 0 nor a text other than the empty one.</summary>
    public bool IsEmpty => Number == 0 && Text.Length == 0;

    public static implicit operator IntOrString(int number) => new(number);

    public static implicit operator IntOrString(string text) => new(text);

    /// <summary>A share of <paramref name="total"/> for texts like <c>25%</c>, else the number.</summary>
    /// <param name="total">What 100% stands for.</param>
    /// <param name="roundUp">Shares that are no whole number are rounded up, else down.</param>
    /// <returns>Null if the text is no percentage.</returns>
    public int? Scaled(int total, bool roundUp)
    {
        if (!IsString) return Number;
        if (!Text.EndsWith('%') || !int.TryParse(Text.AsSpan(0, Text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var share))
            return null;
        var product = (long)share * total;
        return (int)(roundUp ? Math.Ceiling(product / 100m) : Math.Floor(product / 100m));
    }

    public override string ToString() => _text ?? Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A JSON number or string, as it came.</summary>
public sealed class IntOrStringConverter : JsonConverter<IntOrString>
{
    public override bool HandleNull => true;

    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new IntOrString(reader.GetString()!),
        JsonTokenType.Number => new IntOrString(reader.GetInt32()),
        JsonTokenType.Null => default,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        if (value.IsString) writer.WriteStringValue(value.Text);
        else writer.WriteNumberValue(value.Number);
    }
}
