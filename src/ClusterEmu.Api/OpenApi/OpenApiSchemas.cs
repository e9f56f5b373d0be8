using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Schemas of the records, derived from the records themselves. What validates is the records; these describe them.</summary>
internal sealed class OpenApiSchemas(OpenApiDialect dialect)
{
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    private string RefPrefix => dialect == OpenApiDialect.V3 ? "#/components/schemas/" : "#/definitions/";

    /// <summary>All schemas asked for so far, with those that they mention.</summary>
    public JsonObject ToJson() => new(_schemas.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    /// <summary>A reference to the schema of a record, which is added if it is new.</summary>
    public JsonObject Reference(Type record)
    {
        var name = OpenApiNames.Of(record);
        if (!_schemas.ContainsKey(name))
        {
            _schemas[name] = new JsonObject(); // Holds the place: records may contain each other.
            _schemas[name] = Record(RecordSchema.Of(record));
        }
        return Reference(name);
    }

    /// <summary>A reference to the schema of a list of a kind.</summary>
    public JsonObject ListReference(KindInfo kind)
    {
        var name = OpenApiNames.Of(kind.ClrType) + "List";
        if (!_schemas.ContainsKey(name))
        {
            _schemas[name] = new JsonObject
            {
                ["description"] = $"A list of {kind.Plural}.",
                ["type"] = "object",
                ["required"] = new JsonArray("items"),
                ["properties"] = new JsonObject
                {
                    ["apiVersion"] = Text("The group and version of this list."),
                    ["items"] = new JsonObject { ["description"] = $"The {kind.Plural}.", ["type"] = "array", ["items"] = Wrapped(Reference(kind.ClrType), null, isItem: true) },
                    ["kind"] = Text("The kind of this list."),
                    ["metadata"] = Wrapped(Reference(typeof(ListMeta)), "The list's revision, and where it continues.", isItem: false),
                },
                ["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(kind.Group, kind.Version, kind.Kind + "List")),
            };
        }
        return Reference(name);
    }

    public static JsonObject GroupVersionKind(string group, string version, string kind) =>
        new() { ["group"] = group, ["kind"] = kind, ["version"] = version };

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private JsonObject Reference(string name) => new() { ["$ref"] = RefPrefix + name };

    private JsonObject Record(RecordSchema record)
    {
        var properties = new JsonObject();
        foreach (var field in record.Fields.OrderBy(field => field.JsonName, StringComparer.Ordinal)) properties[field.JsonName] = Field(field);
        var schema = new JsonObject();
        if (record.Doc is not null) schema["description"] = record.Doc;
        schema["type"] = "object";
        if (OpenApiRequired.Of(record) is { Count: > 0 } required) schema["required"] = new JsonArray(required.Select(name => (JsonNode)name).ToArray());
        schema["properties"] = properties;
        if (record.IsAtomic) schema["x-kubernetes-map-type"] = "atomic";
        if (KindCatalog.BuiltIn.All.Concat(KindCatalog.BuiltIn.Transient).FirstOrDefault(kind => kind.ClrType == record.Type) is { } known)
            schema["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(known.Group, known.Version, known.Kind));
        return schema;
    }

    private JsonObject Field(FieldSchema field)
    {
        var schema = field.JsonName == "managedFields"
            ? new JsonObject { ["type"] = "array", ["items"] = Wrapped(ManagedFieldsEntry(), null, isItem: true) }
            : Value(field.Value, isItem: false);
        var described = new JsonObject();
        var doc = field.Doc ?? field.JsonName switch
        {
            "kind" => "The kind of this object, such as Service.",
            "apiVersion" => "The group and version of this object, such as v1 or apps/v1.",
            _ => null,
        };
        if (doc is not null) described["description"] = doc;
        foreach (var (name, value) in schema) described[name] = value?.DeepClone();
        if (field.KeyDefault is { } fallback) described["default"] = fallback;
        if (field.MapKeys is { } keys)
        {
            described["x-kubernetes-list-map-keys"] = new JsonArray(keys.Select(key => (JsonNode)key).ToArray());
            described["x-kubernetes-list-type"] = "map";
        }
        if (field.IsSet) described["x-kubernetes-list-type"] = "set";
        if (field.IsAtomic) described["x-kubernetes-map-type"] = "atomic";
        if (field.PatchMerge?.Key is { } key0) described["x-kubernetes-patch-merge-key"] = key0;
        if (field.PatchMerge is not null || field.PatchRetainKeys)
            described["x-kubernetes-patch-strategy"] = field.PatchMerge is null ? "retainKeys" : field.PatchRetainKeys ? "merge,retainKeys" : "merge";
        if (field.PatchReplaces) described["x-kubernetes-patch-strategy"] = "replace";
        return described;
    }

    private JsonObject Value(ValueSchema value, bool isItem)
    {
        switch (value.Shape)
        {
            case ValueShape.String: return Scalar("string", null, isItem, "");
            case ValueShape.Boolean: return Scalar("boolean", null, isItem, false);
            case ValueShape.Int32: return Scalar("integer", "int32", isItem, 0);
            case ValueShape.Int64: return Scalar("integer", "int64", isItem, 0);
            case ValueShape.Bytes: return Scalar("string", "byte", isItem: false, null);
            case ValueShape.List: return new JsonObject { ["type"] = "array", ["items"] = Value(value.Item!, isItem: true) };
            case ValueShape.Map: return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(value.Item!, isItem: true) };
            case ValueShape.Record: return Wrapped(Reference(value.RecordType!), null, isItem);
            case ValueShape.Time: return Wrapped(Shared(OpenApiNames.Time, Date("A moment to the second, in RFC 3339.")), null, isItem);
            case ValueShape.MicroTime: return Wrapped(Shared(OpenApiNames.MicroTime, Date("A moment to the microsecond, in RFC 3339.")), null, isItem);
            case ValueShape.IntOrString: return Wrapped(Shared(OpenApiNames.IntOrString, Either("int-or-string", "A number or a name.", "integer", "string")), null, isItem);
            case ValueShape.Quantity: return Wrapped(Shared(OpenApiNames.Quantity, Either(null, "An amount, such as 500m, 2 or 1.5Gi.", "string", "number")), null, isItem);
            default: return new JsonObject { ["type"] = "object" };
        }
    }

    /// <summary>OpenAPI 3 allows nothing beside a $ref, so it is wrapped where more may follow.</summary>
    private JsonObject Wrapped(JsonObject reference, string? description, bool isItem)
    {
        if (dialect == OpenApiDialect.V2)
        {
            if (description is not null) reference["description"] = description;
            return reference;
        }
        var wrapped = new JsonObject { ["allOf"] = new JsonArray(reference) };
        if (isItem) wrapped["default"] = new JsonObject();
        if (description is not null) wrapped["description"] = description;
        return wrapped;
    }

    private JsonObject Scalar(string type, string? format, bool isItem, JsonNode? empty)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null) schema["format"] = format;
        if (isItem && empty is not null && dialect == OpenApiDialect.V3) schema["default"] = empty;
        return schema;
    }

    private JsonObject Shared(string name, JsonObject schema)
    {
        _schemas.TryAdd(name, schema);
        return Reference(name);
    }

    private static JsonObject Date(string description) => new() { ["description"] = description, ["type"] = "string", ["format"] = "date-time" };

    private JsonObject Either(string? format, string description, params string[] types)
    {
        var schema = new JsonObject { ["description"] = description };
        if (format is not null) schema["format"] = format;
        if (dialect == OpenApiDialect.V3) schema["oneOf"] = new JsonArray(types.Select(type => (JsonNode)new JsonObject { ["type"] = type }).ToArray());
        else schema["type"] = "string";
        return schema;
    }

    private JsonObject ManagedFieldsEntry()
    {
        _schemas.TryAdd(OpenApiNames.FieldsV1, new JsonObject { ["description"] = "A set of fields, as a tree of their names.", ["type"] = "object" });
        return Shared(OpenApiNames.ManagedFieldsEntry, new JsonObject
        {
            ["description"] = "The fields that one manager has set.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = Text("The version in which the fields are named."),
                ["fieldsType"] = Text("Always FieldsV1."),
                ["fieldsV1"] = Wrapped(Reference(OpenApiNames.FieldsV1), "The fields.", isItem: false),
                ["manager"] = Text("Who set them."),
                ["operation"] = Text("Apply or Update."),
                ["subresource"] = Text("Through which subresource they were set, if any."),
                ["time"] = Wrapped(Shared(OpenApiNames.Time, Date("A moment to the second, in RFC 3339.")), "When they were last set.", isItem: false),
            },
        });
    }
}
