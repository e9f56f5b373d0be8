using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>A schema, or a list of schemas, which structural schemas do not allow.</summary>
/// <param name="Schema">Set if it is one schema.</param>
/// <param name="Schemas">Set if it is a list.</param>
[JsonConverter(typeof(SchemaOrArrayConverter))]
public readonly record struct JSONSchemaPropsOrArray(JSONSchemaProps? Schema, IReadOnlyList<JSONSchemaProps>? Schemas = null);

/// <summary>A schema, or a flag that says whether any value is allowed.</summary>
/// <param name="Schema">Set if it is a schema.</param>
/// <param name="Allows">The flag; true beside a schema.</param>
[JsonConverter(typeof(SchemaOrBoolConverter))]
public readonly record struct JSONSchemaPropsOrBool(JSONSchemaProps? Schema, bool Allows = true);

internal sealed class SchemaOrArrayConverter : JsonConverter<JSONSchemaPropsOrArray>
{
    public override JSONSchemaPropsOrArray Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return new(JsonSerializer.Deserialize(ref reader, ApiJson.TypeInfo<JSONSchemaProps>()));
        var schemas = new List<JSONSchemaProps>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) schemas.Add(JsonSerializer.Deserialize(ref reader, ApiJson.TypeInfo<JSONSchemaProps>()) ?? new());
        return new(null, schemas);
    }

    public override void Write(Utf8JsonWriter writer, JSONSchemaPropsOrArray value, JsonSerializerOptions options)
    {
        if (value.Schemas is null)
        {
            JsonSerializer.Serialize(writer, value.Schema, ApiJson.TypeInfo<JSONSchemaProps>()!);
            return;
        }
        writer.WriteStartArray();
        foreach (var schema in value.Schemas) JsonSerializer.Serialize(writer, schema, ApiJson.TypeInfo<JSONSchemaProps>());
        writer.WriteEndArray();
    }
}

internal sealed class SchemaOrBoolConverter : JsonConverter<JSONSchemaPropsOrBool>
{
    public override JSONSchemaPropsOrBool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => new(null, true),
        JsonTokenType.False => new(null, false),
        JsonTokenType.StartObject => new(JsonSerializer.Deserialize(ref reader, ApiJson.TypeInfo<JSONSchemaProps>()), true),
        _ => throw new JsonException("boolean or JSON schema expected"),
    };

    public override void Write(Utf8JsonWriter writer, JSONSchemaPropsOrBool value, JsonSerializerOptions options)
    {
        if (value.Schema is null) writer.WriteBooleanValue(value.Allows);
        else JsonSerializer.Serialize(writer, value.Schema, ApiJson.TypeInfo<JSONSchemaProps>());
    }
}

/// <summary>Schemas by the name of the field that they describe.</summary>
internal sealed class SchemaMapConverter : MapConverter<JSONSchemaProps>
{
    protected override JSONSchemaProps ReadValue(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, ApiJson.TypeInfo<JSONSchemaProps>()) ?? new();

    protected override void WriteValue(Utf8JsonWriter writer, string key, JSONSchemaProps value)
    {
        writer.WritePropertyName(key);
        JsonSerializer.Serialize(writer, value, ApiJson.TypeInfo<JSONSchemaProps>());
    }
}
