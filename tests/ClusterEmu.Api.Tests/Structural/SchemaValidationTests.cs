using System.Text;

namespace ClusterEmu.Api.Tests;

public class SchemaValidationTests
{
    [Theory]
    // Types
    [InlineData("""{"type":"string"}""", "\"x\"", "")]
    [InlineData("""{"type":"integer"}""", "\"x\"", "spec.f: Invalid value: \"string\": spec.f in body must be of type integer: \"string\"")]
    [InlineData("""{"type":"integer"}""", "1.5", "spec.f: Invalid value: \"number\": spec.f in body must be of type integer: \"number\"")]
    [InlineData("""{"type":"integer"}""", "3.0", "")]
    [InlineData("""{"type":"number"}""", "3", "")]
    [InlineData("""{"type":"string"}""", "null", "spec.f: Invalid value: \"null\": spec.f in body must be of type string: \"null\"")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "")]
    [InlineData("""{"x-kubernetes-int-or-string":true}""", "\"25%\"", "")]
    [InlineData("""{"x-kubernetes-int-or-string":true}""", "true", "spec.f: Invalid value: \"boolean\": spec.f in body must be of type integer,string: \"boolean\"")]
    // Numbers
    [InlineData("""{"type":"integer","maximum":10}""", "15", "spec.f: Invalid value: 15: spec.f in body should be less than or equal to 10")]
    [InlineData("""{"type":"integer","maximum":10,"exclusiveMaximum":true}""", "10", "spec.f: Invalid value: 10: spec.f in body should be less than 10")]
    [InlineData("""{"type":"integer","minimum":1}""", "0", "spec.f: Invalid value: 0: spec.f in body should be greater than or equal to 1")]
    [InlineData("""{"type":"number","minimum":0.5,"exclusiveMinimum":true}""", "0.5", "spec.f: Invalid value: 0.5: spec.f in body should be greater than 0.5")]
    [InlineData("""{"type":"integer","multipleOf":5}""", "12", "spec.f: Invalid value: 12: spec.f in body should be a multiple of 5")]
    [InlineData("""{"type":"number","multipleOf":0.1}""", "0.3", "")]
    // Strings
    [InlineData("""{"type":"string","maxLength":3}""", "\"abcd\"", "spec.f: Too long: may not be more than 3 bytes")]
    [InlineData("""{"type":"string","minLength":3}""", "\"ab\"", "spec.f: Invalid value: \"ab\": spec.f in body should be at least 3 chars long")]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", "\"ab\"", "spec.f: Invalid value: \"ab\": spec.f in body should match '^a+$'")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"soon\"", "spec.f: Invalid value: \"soon\": spec.f in body must be of type date-time: \"soon\"")]
    [InlineData("""{"type":"string","format":"shoe-size"}""", "\"44\"", "")]
    [InlineData("""{"type":"string","enum":["a","b"]}""", "\"c\"", "spec.f: Unsupported value: \"c\": supported values: \"a\", \"b\"")]
    // Lists
    [InlineData("""{"type":"array","maxItems":1,"items":{"type":"string"}}""", """["a","b"]""", "spec.f: Too many: 2: must have at most 1 items")]
    [InlineData("""{"type":"array","minItems":2,"items":{"type":"string"}}""", """["a"]""", "spec.f: Invalid value: 1: spec.f in body should have at least 2 items")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", """[1,"a"]""", "spec.f[1]: Invalid value: \"string\": spec.f[1] in body must be of type integer: \"string\"")]
    // Objects and maps
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}""", "{}", "spec.f.a: Required value")]
    [InlineData("""{"type":"object","maxProperties":1,"additionalProperties":{"type":"integer"}}""", """{"a":1,"b":2}""", "spec.f: Too many: 2: must have at most 1 items")]
    [InlineData("""{"type":"object","minProperties":1,"additionalProperties":{"type":"integer"}}""", "{}", "spec.f: Invalid value: 0: spec.f in body should have at least 1 properties")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"a":"x"}""", "spec.f.a: Invalid value: \"string\": spec.f.a in body must be of type integer: \"string\"")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}""", """{"kind":"Pod"}""", "spec.f.apiVersion: Required value: must not be empty")]
    // allOf, anyOf, oneOf, not
    [InlineData("""{"type":"integer","anyOf":[{"maximum":1},{"minimum":9}]}""", "5", "<nil>: Invalid value: \"\": \"spec.f\" must validate at least one schema (anyOf)|spec.f: Invalid value: 5: spec.f in body should be less than or equal to 1")]
    [InlineData("""{"type":"integer","oneOf":[{"maximum":9},{"minimum":1}]}""", "5", "<nil>: Invalid value: \"\": \"spec.f\" must validate one and only one schema (oneOf). Found 2 valid alternatives")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"oneOf":[{"required":["a"]},{"required":["b"]}]}""", "{}", "<nil>: Invalid value: \"\": \"spec.f\" must validate one and only one schema (oneOf). Found none valid|spec.f.a: Required value")]
    [InlineData("""{"type":"integer","allOf":[{"maximum":1}]}""", "5", "<nil>: Invalid value: \"\": \"spec.f\" must validate all the schemas (allOf)|spec.f: Invalid value: 5: spec.f in body should be less than or equal to 1")]
    [InlineData("""{"type":"integer","not":{"enum":[5]}}""", "5", "<nil>: Invalid value: \"\": \"spec.f\" must not validate the schema (not)")]
    public void Check_SaysWhatKubernetesSays(string schema, string value, string expected) =>
        Assert.Equal(expected, string.Join('|', SchemaValidation.Check(Schema(schema), Json(value), "spec.f")));

    [Theory] // What has not changed is not refused.
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","maximum":1},"b":{"type":"string"}}}""", """{"a":5,"b":"x"}""", """{"a":5,"b":"y"}""", "")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","maximum":1}}}""", """{"a":5}""", """{"a":6}""", "spec.f.a: Invalid value: 6: spec.f.a in body should be less than or equal to 1")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],"items":{"type":"object","properties":{"n":{"type":"string"},"v":{"type":"integer","maximum":1}}}}""", """[{"n":"a","v":5}]""", """[{"n":"b","v":1},{"n":"a","v":5}]""", "")]
    [InlineData("""{"type":"array","items":{"type":"integer","maximum":1}}""", "[5]", "[5,1]", "spec.f[0]: Invalid value: 5: spec.f[0] in body should be less than or equal to 1")]
    public void Check_LetsStayWhatWasThere(string schema, string old, string value, string expected) =>
        Assert.Equal(expected, string.Join('|', SchemaValidation.Check(Schema(schema), Json(value), "spec.f", Json(old))));

    [Theory]
    [InlineData("set", """["a","b","a","a"]""", "spec.f[2]: Duplicate value: \"a\"")]
    [InlineData("set", """["a","b"]""", "")]
    [InlineData("map", """[{"n":"a","v":1},{"n":"a","v":2}]""", "spec.f[1]: Duplicate value: map[string]interface {}{\"n\":\"a\"}")]
    [InlineData("atomic", """["a","a"]""", "")]
    public void CheckUnique_NamesTheSecondPlace(string type, string value, string expected)
    {
        var errors = new List<FieldError>();
        ListUniqueness.CheckUnique(Schema($$$"""{"type":"array","x-kubernetes-list-type":"{{{type}}}","x-kubernetes-list-map-keys":["n"],"items":{"type":"object"}}"""), Json(value), "spec.f", errors);
        Assert.Equal(expected, string.Join('|', errors));
    }

    [Theory]
    [InlineData("date-time", "2026-01-02T03:04:05Z", true)]
    [InlineData("date-time", "2026-01-02", false)]
    [InlineData("date", "2026-01-02", true)]
    [InlineData("date", "2026-13-02", false)]
    [InlineData("duration", "1h30m", true)]
    [InlineData("duration", "soon", false)]
    [InlineData("uuid", "12345678-1234-4234-8234-123456789abc", true)]
    [InlineData("uuid3", "12345678-1234-4234-8234-123456789abc", false)]
    [InlineData("uuid4", "12345678-1234-4234-8234-123456789abc", true)]
    [InlineData("ipv4", "10.0.0.1", true)]
    [InlineData("ipv4", "10.1", false)]
    [InlineData("ipv6", "fd00::1", true)]
    [InlineData("ipv6", "10.0.0.1", false)]
    [InlineData("cidr", "10.0.0.0/8", true)]
    [InlineData("cidr", "10.0.0.0/33", false)]
    [InlineData("mac", "00:1a:2b:3c:4d:5e", true)]
    [InlineData("email", "a@b.c", true)]
    [InlineData("email", "a.b.c", false)]
    [InlineData("hostname", "a.example.com", true)]
    [InlineData("hostname", "-a", false)]
    [InlineData("uri", "https://example.com/x", true)]
    [InlineData("uri", "example", false)]
    [InlineData("byte", "aGk=", true)]
    [InlineData("byte", "a?", false)]
    [InlineData("hexcolor", "#aabbcc", true)]
    [InlineData("rgbcolor", "rgb(1,2,300)", false)]
    [InlineData("isbn10", "0-306-40615-2", true)]
    [InlineData("isbn13", "978-0-306-40615-7", true)]
    [InlineData("isbn", "978-0-306-40615-8", false)]
    [InlineData("creditcard", "4111 1111 1111 1111", true)]
    [InlineData("ssn", "123-45-6789", true)]
    [InlineData("bsonobjectid", "507f1f77bcf86cd799439011", true)]
    public void Formats_AreTold(string format, string text, bool accepted) => Assert.Equal(accepted, StringFormats.Accepts(format, text));

    internal static StructuralSchema Schema(string json) => StructuralSchema.Of(ApiJson.Decode<JSONSchemaProps>(Encoding.UTF8.GetBytes(json)));

    internal static System.Text.Json.JsonElement Json(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json));
}
