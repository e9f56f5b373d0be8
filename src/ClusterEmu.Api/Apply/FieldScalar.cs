using System.Globalization;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>A scalar that tells the items of a list apart. Two numbers are equal if they are the same number, however written.</summary>
/// <remarks>The order is that of sigs.k8s.io/structured-merge-diff: numbers, texts, truth values, null.</remarks>
public readonly record struct FieldScalar : IComparable<FieldScalar>
{
    private enum Form : byte
    {
        Number,
        Text,
        Truth,
        Null,
    }

    private readonly Form _form;
    private readonly string _text;

    private FieldScalar(Form form, string text) => (_form, _text) = (form, text);

    public static FieldScalar Of(string text) => new(Form.Text, text);

    public static FieldScalar Of(long number) => new(Form.Number, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>False for objects and lists.</summary>
    public static bool TryRead(JsonElement value, out FieldScalar scalar)
    {
        scalar = value.ValueKind switch
        {
            JsonValueKind.String => new(Form.Text, value.GetString()!),
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? Of(whole) : OfReal(value.GetDouble()),
            JsonValueKind.True => new(Form.Truth, "true"),
            JsonValueKind.False => new(Form.Truth, "false"),
            _ => new(Form.Null, "null"),
        };
        return value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
    }

    public int CompareTo(FieldScalar other)
    {
        if (_form != other._form) return _form.CompareTo(other._form);
        return _form == Form.Number
            ? double.Parse(_text, CultureInfo.InvariantCulture).CompareTo(double.Parse(other._text, CultureInfo.InvariantCulture))
            : string.CompareOrdinal(_text, other._text);
    }

    /// <summary>As JSON.</summary>
    public string ToJson() => _form == Form.Text ? JsonSerializer.Serialize(_text, ApiJson.TypeInfo<string>()) : _text;

    /// <summary>As an error message shows it.</summary>
    public override string ToString() => _form == Form.Text ? GoSyntax.Quote(_text) : _text;

    private static FieldScalar OfReal(double number) =>
        number is >= -9e15 and <= 9e15 && number == Math.Truncate(number) ? Of((long)number) : new(Form.Number, number.ToString("R", CultureInfo.InvariantCulture));
}
