using System.Globalization;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Takes out of a custom object what its schema does not know.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/apiserver/schema/pruning.</remarks>
internal static class SchemaPruning
{
    private static readonly string[] OfResources = ["apiVersion", "kind", "metadata"];

    /// <summary>Prunes the content of an object in place; its apiVersion, kind and metadata are not looked at.</summary>
    /// <returns>The paths of what was dropped, such as <c>spec.bogus</c>, in ordinal order.</returns>
    public static IReadOnlyList<string> Prune(JsonObject content, StructuralSchema schema)
    {
        var dropped = new List<string>();
        PruneMap(content, schema, "", isResource: true, dropped);
        dropped.Sort(StringComparer.Ordinal);
        return dropped;
    }

    /// <summary>Prunes a value that is no object of its own, such as a default.</summary>
    public static IReadOnlyList<string> PruneValue(JsonNode? value, StructuralSchema schema)
    {
        var dropped = new List<string>();
        PruneAny(value, schema, "", dropped);
        return dropped;
    }

    private static void PruneAny(JsonNode? value, StructuralSchema? schema, string path, List<string> dropped)
    {
        if (value is JsonObject map)
        {
            PruneMap(map, schema, path, schema?.Rules.XEmbeddedResource == true, dropped);
        }
        else if (value is JsonArray list)
        {
            if (schema is { PreservesUnknown: true, Items: null }) return;
            for (var i = 0; i < list.Count; i++) PruneAny(list[i], schema?.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), dropped);
        }
    }

    private static void PruneMap(JsonObject map, StructuralSchema? schema, string path, bool isResource, List<string> dropped)
    {
        foreach (var (name, value) in map.ToArray())
        {
            if (isResource && OfResources.Contains(name, StringComparer.Ordinal)) continue;
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (schema is not null && schema.Properties.TryGetValue(name, out var property)) PruneAny(value, property, inner, dropped);
            else if (schema?.AdditionalProperties is { } values) PruneAny(value, values, inner, dropped);
            else if (schema is { PreservesUnknown: true }) continue;
            else if (schema is { AllowsAdditional: true }) PruneAny(value, null, inner, dropped);
            else
            {
                map.Remove(name);
                dropped.Add(inner);
            }
        }
    }
}
