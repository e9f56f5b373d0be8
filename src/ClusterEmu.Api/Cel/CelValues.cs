using System.Globalization;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Values of expressions: long, double, string, bool, null, TimeSpan, DateTimeOffset, lists and maps; and what can be done with two of them.</summary>
internal static class CelValues
{
    /// <summary>A JSON value as an expression sees it. The schema tells whole numbers from others, and moments from strings.</summary>
    public static object? Of(JsonElement value, JSONSchemaProps? schema, CelBudget budget)
    {
        budget.Spend(1);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject()) map[member.Name] = Of(member.Value, FieldOf(schema, member.Name), budget);
                return map;
            case JsonValueKind.Array: return value.EnumerateArray().Select(item => Of(item, schema?.Items?.Schema, budget)).ToList();
            case JsonValueKind.String: return OfText(value.GetString()!, schema);
            case JsonValueKind.Number: return schema?.Type != "number" && value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble();
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            default: return null;
        }
    }

    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (long a, double b) => a == b,
        (double a, long b) => a == b,
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) => a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && Same(pair.Value, other)),
        _ => Equals(left, right),
    };

    /// <exception cref="CelException">The two have no order.</exception>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        (long a, double b) => ((double)a).CompareTo(b),
        (double a, long b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => throw new CelException("no such overload"),
    };

    /// <exception cref="CelException">The two cannot be reckoned with, or the result is out of range.</exception>
    public static object? Arithmetic(string sign, object? left, object? right, CelBudget budget)
    {
        try
        {
            switch (left, right)
            {
                case (long a, long b) when sign is "/" or "%" && b == 0: throw new CelException(sign == "/" ? "division by zero" : "modulus by zero");
                case (long a, long b): return checked(sign switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, _ => a % b });
                case (double a, double b) when sign != "%": return sign switch { "+" => a + b, "-" => a - b, "*" => a * b, _ => a / b };
                case (string a, string b) when sign == "+":
                    budget.Spend((a.Length + b.Length) / 10);
                    return a + b;
                case (IReadOnlyList<object?> a, IReadOnlyList<object?> b) when sign == "+":
                    budget.Spend(a.Count + b.Count);
                    return (List<object?>)[.. a, .. b];
                case (TimeSpan a, TimeSpan b) when sign is "+" or "-": return sign == "+" ? a + b : a - b;
                case (DateTimeOffset a, TimeSpan b) when sign is "+" or "-": return sign == "+" ? a + b : a - b;
                case (TimeSpan a, DateTimeOffset b) when sign == "+": return b + a;
                case (DateTimeOffset a, DateTimeOffset b) when sign == "-": return a - b;
                default: throw new CelException("no such overload");
            }
        }
        catch (Exception problem) when (problem is OverflowException or ArgumentOutOfRangeException)
        {
            throw new CelException("integer overflow");
        }
    }

    public static TimeSpan Duration(string text) => GoDuration.TryParse(text, out var nanoseconds)
        ? TimeSpan.FromTicks(nanoseconds / 100)
        : throw new CelException($"type conversion error from '{text}' to 'google.protobuf.Duration'");

    public static DateTimeOffset Timestamp(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
        ? moment
        : throw new CelException($"type conversion error from '{text}' to 'google.protobuf.Timestamp'");

    public static string ToText(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => GoJson.Number(number),
        TimeSpan time => time.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s",
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new CelException("no such overload"),
    };

    private static object OfText(string text, JSONSchemaProps? schema) => schema?.Format switch
    {
        "date-time" or "date" => Timestamp(text),
        "duration" => Duration(text),
        _ => text,
    };

    private static JSONSchemaProps? FieldOf(JSONSchemaProps? schema, string name) =>
        schema is null ? null : schema.Properties.TryGetValue(name, out var property) ? property : schema.AdditionalProperties?.Schema;
}
