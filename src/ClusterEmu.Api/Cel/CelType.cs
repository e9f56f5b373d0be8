namespace ClusterEmu.Api;

internal enum CelShape
{
    /// <summary>Anything: known only when it is evaluated.</summary>
    Dyn,
    Bool,
    Int,
    Double,
    String,
    Null,
    Duration,
    Timestamp,
    List,
    Map,

    /// <summary>An object with fields that its schema names.</summary>
    Object,
}

/// <summary>What an expression is known to give before it is evaluated.</summary>
/// <param name="Shape">Its kind.</param>
/// <param name="Item">Of a list or map: its values.</param>
/// <param name="Schema">Of an object: its fields.</param>
internal sealed record CelType(CelShape Shape, CelType? Item = null, JSONSchemaProps? Schema = null)
{
    public static readonly CelType Dyn = new(CelShape.Dyn);
    public static readonly CelType Bool = new(CelShape.Bool);
    public static readonly CelType Int = new(CelShape.Int);
    public static readonly CelType Double = new(CelShape.Double);
    public static readonly CelType String = new(CelShape.String);
    public static readonly CelType Null = new(CelShape.Null);
    public static readonly CelType Duration = new(CelShape.Duration);
    public static readonly CelType Timestamp = new(CelShape.Timestamp);

    public bool IsDyn => Shape == CelShape.Dyn;
    public bool IsNumber => Shape is CelShape.Int or CelShape.Double;

    /// <summary>What values of a schema are in an expression. Source: k8s.io/apiextensions-apiserver pkg/apiserver/schema/cel/model.</summary>
    public static CelType Of(JSONSchemaProps schema, bool isResource = false)
    {
        if (schema.XIntOrString) return Dyn;
        return schema.Type switch
        {
            "boolean" => Bool,
            "integer" => Int,
            "number" => Double,
            "string" => schema.Format switch { "date-time" or "date" => Timestamp, "duration" => Duration, _ => String },
            "array" => new CelType(CelShape.List, schema.Items?.Schema is { } items ? Of(items) : Dyn),
            "object" when schema.AdditionalProperties is { } additional => new CelType(CelShape.Map, additional.Schema is { } values ? Of(values) : Dyn),
            "object" => new CelType(CelShape.Object, null, isResource || schema.XEmbeddedResource ? WithOwnFields(schema) : schema),
            _ => Dyn,
        };
    }

    public override string ToString() => Shape switch
    {
        CelShape.List => $"list({Item})",
        CelShape.Map => $"map(string, {Item})",
        CelShape.Null => "null_type",
        CelShape.Duration => "google.protobuf.Duration",
        CelShape.Timestamp => "google.protobuf.Timestamp",
        _ => Shape.ToString().ToLowerInvariant(),
    };

    /// <summary>Every object of its own has these, whether its schema says so or not.</summary>
    private static JSONSchemaProps WithOwnFields(JSONSchemaProps schema)
    {
        var text = new JSONSchemaProps { Type = "string" };
        var properties = new Dictionary<string, JSONSchemaProps>(schema.Properties, StringComparer.Ordinal) { ["apiVersion"] = text, ["kind"] = text };
        properties["metadata"] = new JSONSchemaProps { Type = "object", Properties = new Dictionary<string, JSONSchemaProps>(StringComparer.Ordinal) { ["name"] = text, ["generateName"] = text } };
        return schema with { Properties = properties };
    }
}
