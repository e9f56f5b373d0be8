using System.Globalization;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Lists whose items are told apart: sets of scalars, and objects with keys.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/apiserver/schema/listtype.</remarks>
internal static class ListUniqueness
{
    /// <summary>Names every item that is in its list twice.</summary>
    public static void CheckUnique(StructuralSchema schema, JsonElement value, string path, List<FieldError> errors)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
                if (schema.Of(member.Name) is { } inner) CheckUnique(inner, member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", errors);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            CheckItems(schema, value, path, errors);
            if (schema.Items is not { } items) return;
            var index = 0;
            foreach (var item in value.EnumerateArray()) CheckUnique(items, item, At(path, index++), errors);
        }
    }

    /// <summary>Finds the item of an older list that an item of a newer one stands for: by its keys, if the list is a map.</summary>
    public static Func<JsonElement, JsonElement?> Correlate(JSONSchemaProps rules, JsonElement? old)
    {
        if (rules.XListType != "map" || old is not { ValueKind: JsonValueKind.Array } list) return static _ => null;
        var known = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray()) known.TryAdd(KeyText(rules, item), item);
        return item => known.TryGetValue(KeyText(rules, item), out var before) ? before : null;
    }

    private static void CheckItems(StructuralSchema schema, JsonElement list, string path, List<FieldError> errors)
    {
        var rules = schema.Rules;
        if (rules.XListType is not ("set" or "map")) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var key = rules.XListType == "set" ? Canonical(item) : KeyText(rules, item);
            // Each value is named once, at its second place.
            if (!seen.Add(key) && reported.Add(key)) errors.Add(FieldErrors.Duplicate(FieldPath.Of(At(path, index)), rules.XListType == "set" ? GoJson.Literal(item) : KeyLiteral(rules, item)));
            index++;
        }
    }

    private static string KeyText(JSONSchemaProps rules, JsonElement item) =>
        string.Join('\n', rules.XListMapKeys.Select(key => KeyOf(item, key) is { } value ? Canonical(value) : ""));

    private static GoLiteral KeyLiteral(JSONSchemaProps rules, JsonElement item) =>
        new($"map[string]interface {{}}{{{string.Join(", ", rules.XListMapKeys.Order(StringComparer.Ordinal).Select(key => KeyOf(item, key) is { } value ? $"{GoSyntax.Quote(key)}:{GoJson.Literal(value).Text}" : null).OfType<string>())}}}");

    private static JsonElement? KeyOf(JsonElement item, string key) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value) ? value : null;

    private static string Canonical(JsonElement value) => GoJson.Literal(value).Text;

    private static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
