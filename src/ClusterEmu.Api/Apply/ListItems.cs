using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>What tells the items of a list apart.</summary>
internal static class ListItems
{
    /// <summary>The step to an item of a list that is owned item by item.</summary>
    /// <param name="list">Of form Set or Map.</param>
    /// <param name="item">The item.</param>
    /// <param name="problem">Why there is no step, in structured-merge-diff's words.</param>
    public static PathElement? ElementOf(ListType list, JsonElement item, out string problem)
    {
        problem = "";
        if (list.Form == ListForm.Map) return KeyOf(list, item, out problem);
        if (item.ValueKind == JsonValueKind.Null) problem = "associative list without keys has an element that's an explicit null";
        else if (item.ValueKind == JsonValueKind.Object) problem = "associative list without keys has an element that's a map type";
        else if (!FieldScalar.TryRead(item, out var scalar)) problem = "not supported: associative list with lists as elements";
        else return PathElement.Value(scalar);
        return null;
    }

    private static PathElement? KeyOf(ListType list, JsonElement item, out string problem)
    {
        problem = "";
        if (item.ValueKind != JsonValueKind.Object)
        {
            problem = item.ValueKind == JsonValueKind.Null
                ? "associative list with keys may not have a null element"
                : "associative list with keys may not have non-map elements";
            return null;
        }
        if (list.Keys.Count == 1 && item.TryGetProperty(list.Keys[0].Name, out var only) && only.ValueKind == JsonValueKind.String)
        {
            var text = JsonMarshal.GetRawUtf8Value(only);
            if (!text.Contains((byte)'\\')) return list.ElementOf(text[1..^1]);
        }
        var keys = new (string Name, FieldScalar Value)[list.Keys.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var (name, fallback) = list.Keys[i];
            if (item.TryGetProperty(name, out var value))
            {
                if (!FieldScalar.TryRead(value, out var scalar))
                {
                    problem = $"associative list with keys has an element whose key field {GoSyntax.Quote(name)} is no scalar";
                    return null;
                }
                keys[i] = (name, scalar);
            }
            else if (fallback is { } known) keys[i] = (name, known);
            else
            {
                problem = $"associative list with keys has an element that omits key field {GoSyntax.Quote(name)} (and doesn't have default value)";
                return null;
            }
        }
        return PathElement.Key(keys);
    }
}
