namespace ClusterEmu.Api;

/// <summary>The rules for one schema of a CustomResourceDefinition by itself: what is not supported, and the kinds of lists and maps.</summary>
internal static class SchemaRules
{
    internal static void CheckUnsupported(List<FieldError> errors, JSONSchemaProps schema, FieldPath path)
    {
        Forbid("id", schema.Id.Length > 0, "id is not supported");
        Forbid("additionalItems", schema.AdditionalItems is not null, "additionalItems is not supported");
        Forbid("patternProperties", schema.PatternProperties.Count > 0, "patternProperties is not supported");
        Forbid("definitions", schema.Definitions.Count > 0, "definitions is not supported");
        Forbid("dependencies", schema.Dependencies.Count > 0, "dependencies is not supported");
        Forbid("$ref", schema.Ref is not null, "$ref is not supported");
        Forbid("items", schema.Items is { Schemas.Count: > 0 }, "items must be a schema object and not an array");
        Forbid("uniqueItems", schema.UniqueItems, "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");

        void Forbid(string field, bool given, string why)
        {
            if (given) errors.Add(FieldErrors.Forbidden(path.Child(field), why));
        }
    }

    internal static void CheckLists(List<FieldError> errors, JSONSchemaProps schema, FieldPath path)
    {
        var (type, keys) = (path.Child("x-kubernetes-list-type"), path.Child("x-kubernetes-list-map-keys"));
        if (schema.XListType is { } list)
        {
            if (list is not ("atomic" or "set" or "map")) errors.Add(FieldErrors.NotSupported(type, list, "atomic", "map", "set"));
            MustBe("array", "must be array if x-kubernetes-list-type is specified");
        }
        if (schema.XListMapKeys.Count > 0 && schema.XListType != "map")
        {
            const string wanted = "must be map if x-kubernetes-list-map-keys is non-empty";
            errors.Add(schema.XListType is { } other ? FieldErrors.Invalid(type, other, wanted) : FieldErrors.Required(type, wanted));
        }
        if (schema.XListType == "map") CheckMapList(errors, schema, path, keys);
        if (schema.XListType == "set" && schema.Items?.Schema is { } item) CheckSetItem(errors, item, path.Child("items"));
        if (schema.XMapType is { } map)
        {
            if (map is not ("granular" or "atomic")) errors.Add(FieldErrors.NotSupported(path.Child("x-kubernetes-map-type"), map, "atomic", "granular"));
            MustBe("object", "must be object if x-kubernetes-map-type is specified");
        }

        void MustBe(string wanted, string why)
        {
            if (schema.Type == wanted) return;
            errors.Add(schema.Type.Length == 0 ? FieldErrors.Required(path.Child("type"), why) : FieldErrors.Invalid(path.Child("type"), schema.Type, why));
        }
    }

    private static void CheckMapList(List<FieldError> errors, JSONSchemaProps schema, FieldPath path, FieldPath keys)
    {
        if (schema.XListMapKeys.Count == 0) errors.Add(FieldErrors.Required(keys, "must not be empty if x-kubernetes-list-type is map"));
        if (schema.Items is null)
        {
            errors.Add(FieldErrors.Required(path.Child("items"), "must have a schema if x-kubernetes-list-type is map"));
            return;
        }
        if (schema.Items?.Schema is not { } item) return;
        var at = path.Child("items");
        if (item.Type != "object") errors.Add(FieldErrors.Invalid(at.Child("type"), item.Type, "must be object if parent array's x-kubernetes-list-type is map"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < schema.XListMapKeys.Count; i++)
        {
            var key = schema.XListMapKeys[i];
            if (!seen.Add(key)) errors.Add(FieldErrors.Duplicate(keys.Index(i), key));
            if (!item.Properties.TryGetValue(key, out var property))
            {
                errors.Add(FieldErrors.Invalid(keys.Index(i), key, "entries must all be names of item properties"));
                continue;
            }
            if (property.Type is "array" or "object") errors.Add(FieldErrors.Invalid(at.Child("properties").Key(key).Child("type"), property.Type, "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            if (property.Nullable) errors.Add(FieldErrors.Forbidden(at.Child("properties").Key(key).Child("nullable"), "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
            if (property.Default is null && !item.Required.Contains(key))
                errors.Add(FieldErrors.Required(at.Child("properties").Key(key).Child("default"), "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
        }
    }

    private static void CheckSetItem(List<FieldError> errors, JSONSchemaProps item, FieldPath path)
    {
        if (item.Nullable) errors.Add(FieldErrors.Forbidden(path.Child("nullable"), "cannot be nullable when x-kubernetes-list-type is set"));
        if (item.Type == "object" && item.XMapType != "atomic")
        {
            const string wanted = "must be atomic as item of a list with x-kubernetes-list-type=set";
            errors.Add(item.XMapType is { } other ? FieldErrors.Invalid(path.Child("x-kubernetes-map-type"), other, wanted) : FieldErrors.Required(path.Child("x-kubernetes-map-type"), wanted));
        }
        else if (item.Type == "array" && item.XListType is not (null or "atomic"))
        {
            errors.Add(FieldErrors.Invalid(path.Child("x-kubernetes-list-type"), item.XListType, "must be atomic as item of a list with x-kubernetes-list-type=set"));
        }
    }
}
