using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Fills in the defaults of a schema: when a custom object is written, and again whenever it is read.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/apiserver/schema/defaulting.</remarks>
internal static class SchemaDefaulting
{
    /// <summary>Fills in what is left out, and what is null but may not be.</summary>
    public static void Fill(JsonNode? value, StructuralSchema schema)
    {
        if (value is JsonObject map)
        {
            foreach (var (name, property) in schema.Properties)
            {
                if (property.Rules.Default is not { } usual) continue;
                if (!map.TryGetPropertyValue(name, out var given) || (given is null && !property.Rules.Nullable)) map[name] = JsonTree.Of(usual);
            }
            foreach (var (name, given) in map.ToArray())
            {
                if (schema.Of(name) is not { } inner) continue;
                if (given is null && !inner.Rules.Nullable && inner.Rules.Default is { } usual) map[name] = JsonTree.Of(usual);
                Fill(map[name], inner);
            }
        }
        else if (value is JsonArray list && schema.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is null && !items.Rules.Nullable && items.Rules.Default is { } usual) list[i] = JsonTree.Of(usual);
                Fill(list[i], items);
            }
        }
    }

    /// <summary>Takes out nulls that may not be and for which there is no default: a null then means "left out".</summary>
    public static void DropNulls(JsonNode? value, StructuralSchema schema)
    {
        if (value is JsonObject map)
        {
            foreach (var (name, given) in map.ToArray())
            {
                if (schema.Of(name) is not { } inner) continue;
                if (given is null && !inner.Rules.Nullable) map.Remove(name);
                else DropNulls(given, inner);
            }
        }
        else if (value is JsonArray list && schema.Items is { } items)
        {
            foreach (var item in list) DropNulls(item, items);
        }
    }
}
