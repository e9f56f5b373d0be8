using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>What the schema of a custom kind must be to be structural, and what it may not use at all.</summary>
/// <remarks>Source: k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go and pkg/apiserver/schema/validation.go.</remarks>
internal static class StructuralRules
{
    private const int MaxDepth = 40;
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    private enum Level
    {
        Root,
        Item,
        Field,
    }

    internal static void Check(List<FieldError> errors, JSONSchemaProps schema, bool statusEnabled, FieldPath path)
    {
        var found = new List<FieldError>();
        if (statusEnabled && HasForbiddenAtRoot(schema))
        {
            found.Add(FieldErrors.Invalid(path, new GoLiteral(GoSyntax.Quote("object")),
                "only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] fields are allowed at the root of the schema if the status subresource is enabled"));
        }
        Structure(found, schema, Level.Root, path, 0);
        found.Sort(static (left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));
        if (found.Count == 0) CelRule.CheckAll(found, schema, path);
        errors.AddRange(found);
    }

    /// <summary>Whether a schema satisfies the rules: what condition NonStructuralSchema denies.</summary>
    internal static IReadOnlyList<FieldError> Of(JSONSchemaProps schema, FieldPath path)
    {
        var errors = new List<FieldError>();
        Structure(errors, schema, Level.Root, path, 0);
        return errors;
    }

    private static bool HasForbiddenAtRoot(JSONSchemaProps schema) =>
        schema.AllOf.Count + schema.AnyOf.Count + schema.OneOf.Count + schema.Enum.Count > 0 || schema.Not is not null || schema.AdditionalProperties is not null
        || schema.MinProperties is not null || schema.MaxProperties is not null || schema.Default is not null || schema.Nullable || schema.XEmbeddedResource || schema.XIntOrString
        || schema.XListType is not null || schema.XMapType is not null || schema.XListMapKeys.Count > 0;

    private static void Structure(List<FieldError> errors, JSONSchemaProps schema, Level level, FieldPath path, int depth)
    {
        if (depth > MaxDepth)
        {
            errors.Add(FieldErrors.Invalid(path, new GoLiteral(GoSyntax.Quote(schema.Type)), $"is nested more than {MaxDepth} schemas deep"));
            return;
        }
        SchemaRules.CheckUnsupported(errors, schema, path);
        SchemaRules.CheckLists(errors, schema, path);
        if (schema.Type == "array" && schema.Items is null) errors.Add(FieldErrors.Required(path.Child("items"), "must be specified"));
        if (schema.Items?.Schema is { } items) Structure(errors, items, Level.Item, path.Child("items"), depth + 1);
        foreach (var (name, property) in schema.Properties) Structure(errors, property, Level.Field, path.Child("properties").Key(name), depth + 1);
        if (schema.AdditionalProperties is { } additional)
        {
            if (level == Level.Root) errors.Add(FieldErrors.Forbidden(path.Child("additionalProperties"), "must not be used at the root"));
            if (schema.Properties.Count > 0 && (!additional.Allows || additional.Schema is not null))
                errors.Add(FieldErrors.Forbidden(path.Child("additionalProperties"), "additionalProperties and properties are mutual exclusive"));
            if (additional.Schema is { } values) Structure(errors, values, Level.Field, path.Child("additionalProperties"), depth + 1);
        }
        CheckTypes(errors, schema, level, path);
        CheckResource(errors, schema, level, path);
        Junctors(errors, schema, path, depth);
        CheckDefault(errors, schema, path);
    }

    private static void CheckTypes(List<FieldError> errors, JSONSchemaProps schema, Level level, FieldPath path)
    {
        var at = path.Child("type");
        if (schema.Type.Length > 0 && !Types.Contains(schema.Type, StringComparer.Ordinal))
        {
            errors.Add(schema.Type == "null" ? FieldErrors.Forbidden(at, "type cannot be set to null, use nullable as an alternative") : FieldErrors.NotSupported(at, schema.Type, Types));
        }
        if (schema.XIntOrString && schema.XPreserveUnknownFields == true)
            errors.Add(FieldErrors.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), true, "must be false if x-kubernetes-int-or-string is true"));
        if (schema.XIntOrString && schema.XEmbeddedResource)
            errors.Add(FieldErrors.Invalid(path.Child("x-kubernetes-embedded-resource"), true, "must be false if x-kubernetes-int-or-string is true"));
        if (schema.XIntOrString && schema.Type.Length > 0) errors.Add(FieldErrors.Invalid(at, schema.Type, "must be empty if x-kubernetes-int-or-string is true"));
        if (schema.XEmbeddedResource && schema.Type != "object")
        {
            const string wanted = "must be object if x-kubernetes-embedded-resource is true";
            errors.Add(schema.Type.Length == 0 ? FieldErrors.Required(at, wanted) : FieldErrors.Invalid(at, schema.Type, wanted));
        }
        else if (schema is { Type: "", XIntOrString: false, XPreserveUnknownFields: not true })
        {
            errors.Add(FieldErrors.Required(at, level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            }));
        }
        if (level == Level.Root && schema.Type.Length > 0 && schema.Type != "object") errors.Add(FieldErrors.Invalid(at, schema.Type, "must be object at the root"));
        if (schema.Pattern.Length > 0 && !GoRegex.TryParse(schema.Pattern, out _, out var problem))
            errors.Add(FieldErrors.Invalid(path.Child("pattern"), schema.Pattern, $"must be a valid regular expression, but isn't: {problem}"));
    }

    private static void CheckResource(List<FieldError> errors, JSONSchemaProps schema, Level level, FieldPath path)
    {
        if (schema.XEmbeddedResource && schema.AdditionalProperties is not null)
            errors.Add(FieldErrors.Forbidden(path.Child("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set"));
        if (schema is { XEmbeddedResource: true, XPreserveUnknownFields: not true, Properties.Count: 0 })
            errors.Add(FieldErrors.Required(path.Child("properties"), "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
        if (level != Level.Root && !schema.XEmbeddedResource) return;
        foreach (var name in (string[])["kind", "apiVersion"])
        {
            if (schema.Properties.GetValueOrDefault(name) is { Type: not "string" } wrong)
                errors.Add(FieldErrors.Invalid(path.Child("properties").Key(name).Child("type"), wrong.Type, "must be string"));
        }
        if (schema.Properties.GetValueOrDefault("metadata") is not { } metadata) return;
        var at = path.Child("properties").Key("metadata");
        if (metadata.Type != "object") errors.Add(FieldErrors.Invalid(at.Child("type"), metadata.Type, "must be object"));
        var rest = metadata with { Type = "", Description = "", Properties = metadata.Properties.Keys.All(name => name is "name" or "generateName") ? new JSONSchemaProps().Properties : metadata.Properties };
        if (level == Level.Root && !SemanticEquality.Same(rest, new JSONSchemaProps()))
            errors.Add(FieldErrors.Forbidden(at, "must not specify anything other than name and generateName, but metadata is implicitly specified"));
    }

    private static void Junctors(List<FieldError> errors, JSONSchemaProps schema, FieldPath path, int depth)
    {
        if (!IsIntOrString(schema)) Each(schema.AnyOf, "anyOf");
        for (var i = 0; i < schema.AllOf.Count; i++)
        {
            var one = schema.AllOf[i];
            // The pattern that tools write for numbers or strings is let through.
            if (i == 0 && schema.XIntOrString && IsIntOrString(one with { XIntOrString = true })) one = one with { AnyOf = [] };
            Nested(errors, one, path.Child("allOf").Index(i), depth + 1, allOf: true);
        }
        Each(schema.OneOf, "oneOf");
        if (schema.Not is { } not) Nested(errors, not, path.Child("not"), depth + 1, allOf: false);

        void Each(IReadOnlyList<JSONSchemaProps> schemas, string name)
        {
            for (var i = 0; i < schemas.Count; i++) Nested(errors, schemas[i], path.Child(name).Index(i), depth + 1, allOf: false);
        }
    }

    private static bool IsIntOrString(JSONSchemaProps schema) =>
        schema is { XIntOrString: true, AnyOf: [{ Type: "integer" } first, { Type: "string" } second] }
        && SemanticEquality.Same(first, new JSONSchemaProps { Type = "integer" }) && SemanticEquality.Same(second, new JSONSchemaProps { Type = "string" });

    /// <summary>A schema within allOf and its like only restricts values; the structure is said outside.</summary>
    private static void Nested(List<FieldError> errors, JSONSchemaProps schema, FieldPath path, int depth, bool allOf)
    {
        if (depth > MaxDepth) return;
        SchemaRules.CheckUnsupported(errors, schema, path);
        Empty("type", schema.Type.Length > 0, "must be empty to be structural");
        Empty("additionalProperties", schema.AdditionalProperties is not null, "must be undefined to be structural");
        Empty("default", schema.Default is not null, "must be undefined to be structural");
        Empty("title", schema.Title.Length > 0, "must be empty to be structural");
        Empty("description", schema.Description.Length > 0, "must be empty to be structural");
        Empty("nullable", schema.Nullable, "must be false to be structural");
        Empty("externalDocs", schema.ExternalDocs is not null, "must be undefined to be structural");
        Empty("x-kubernetes-preserve-unknown-fields", schema.XPreserveUnknownFields == true, "must be false to be structural");
        Empty("x-kubernetes-embedded-resource", schema.XEmbeddedResource, "must be false to be structural");
        Empty("x-kubernetes-int-or-string", schema.XIntOrString, "must be false to be structural");
        Empty("x-kubernetes-list-map-keys", schema.XListMapKeys.Count > 0, "must be empty to be structural");
        Empty("x-kubernetes-list-type", schema.XListType is not null, "must be undefined to be structural");
        Empty("x-kubernetes-map-type", schema.XMapType is not null, "must be undefined to be structural");
        Empty("x-kubernetes-validations", schema.XValidations.Count > 0, "must be empty to be structural");
        if (schema.Properties.ContainsKey("metadata")) errors.Add(FieldErrors.Forbidden(path.Child("properties").Key("metadata"), "must not be specified in a nested context"));
        if (schema.Pattern.Length > 0 && !GoRegex.TryParse(schema.Pattern, out _, out var problem))
            errors.Add(FieldErrors.Invalid(path.Child("pattern"), schema.Pattern, $"must be a valid regular expression, but isn't: {problem}"));
        if (schema.Items?.Schema is { } items) Nested(errors, items, path.Child("items"), depth + 1, allOf);
        foreach (var (name, property) in schema.Properties) Nested(errors, property, path.Child("properties").Key(name), depth + 1, allOf);
        Junctors(errors, schema, path, depth);

        void Empty(string field, bool given, string why)
        {
            if (given) errors.Add(FieldErrors.Forbidden(path.Child(field), why));
        }
    }

    /// <summary>A default must be what the schema allows, or every object without the field would be refused.</summary>
    private static void CheckDefault(List<FieldError> errors, JSONSchemaProps schema, FieldPath path)
    {
        if (schema.Default is not { } value) return;
        var at = path.Child("default");
        var compiled = StructuralSchema.Of(schema);
        var node = JsonTree.Of(value);
        if (node is JsonObject or JsonArray && SchemaPruning.PruneValue(node, compiled) is { Count: > 0 } unknown)
            errors.Add(FieldErrors.Invalid(at, GoJson.Literal(value), $"must not have unknown fields: {string.Join(", ", unknown)}"));
        SchemaDefaulting.Fill(node, compiled);
        foreach (var error in SchemaValidation.Check(compiled, JsonTree.ToElement(node), at.ToString())) errors.Add(error);
    }
}
