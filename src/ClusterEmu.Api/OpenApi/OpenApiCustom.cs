using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>The schema of a custom kind, as its definition gives it. Source: apiextensions-apiserver pkg/controller/openapi/builder.</summary>
internal static class OpenApiCustom
{
    /// <summary>What OpenAPI 2 has no word for, or what makes old clients refuse objects that are right.</summary>
    private static readonly string[] NotInV2 = ["nullable", "anyOf", "oneOf", "not", "default", "x-kubernetes-validations"];

    /// <param name="kind">The kind.</param>
    /// <param name="dialect">The form of the document.</param>
    /// <param name="metadata">The schema of metadata: a reference.</param>
    public static JsonObject Schema(CustomKind kind, OpenApiDialect dialect, JsonObject metadata)
    {
        var schema = kind.Declared.Schema?.OpenAPIV3Schema is { } given ? PatchText.ReadObject(ApiJson.Encode(given)) : new JsonObject { ["type"] = "object" };
        if (dialect == OpenApiDialect.V2) Simplify(schema);
        if (schema["properties"] is not JsonObject properties) schema["properties"] = properties = [];
        properties["apiVersion"] = Text("The group and version of this object, such as v1 or apps/v1.");
        properties["kind"] = Text("The kind of this object, such as Service.");
        properties["metadata"] = metadata;
        schema["x-kubernetes-group-version-kind"] = new JsonArray(OpenApiSchemas.GroupVersionKind(kind.Group, kind.Version, kind.Kind));
        return schema;
    }

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private static void Simplify(JsonObject schema)
    {
        foreach (var name in NotInV2) schema.Remove(name);
        foreach (var (name, value) in schema.ToArray())
        {
            if (name == "properties" && value is JsonObject properties)
            {
                foreach (var (_, property) in properties) Simplify((JsonObject)property!);
            }
            else if (name is "items" or "additionalProperties" && value is JsonObject inner) Simplify(inner);
            else if (name == "allOf" && value is JsonArray all)
            {
                foreach (var one in all.OfType<JsonObject>()) Simplify(one);
            }
        }
    }
}
