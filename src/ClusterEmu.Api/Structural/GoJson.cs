using System.Globalization;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>JSON values in messages, as Go shows what it decoded them to.</summary>
internal static class GoJson
{
    /// <summary>As <c>%#v</c> shows it: <c>map[string]interface {}{"a":1}</c>.</summary>
    public static GoLiteral Literal(JsonElement value) => new(Text(value));

    /// <summary>What validation calls the type of a value.</summary>
    public static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsWhole(value) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    /// <summary>Whether a number is whole, such as 3 or 3.0.</summary>
    public static bool IsWhole(JsonElement value) => value.TryGetInt64(out _) || (value.TryGetDouble(out var number) && Math.Floor(number) == number);

    public static string Number(double value) => value.ToString(value is < 1e21 and > -1e21 ? "0.#################" : "R", CultureInfo.InvariantCulture);

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"map[string]interface {{}}{{{string.Join(", ", value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{GoSyntax.Quote(member.Name)}:{Text(member.Value)}"))}}}",
        JsonValueKind.Array => $"[]interface {{}}{{{string.Join(", ", value.EnumerateArray().Select(Text))}}}",
        JsonValueKind.String => GoSyntax.Quote(value.GetString()!),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Number(value.GetDouble()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "\"null\"",
    };
}
