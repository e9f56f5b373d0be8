namespace ClusterEmu.Api.Tests;

public class CelTests
{
    private const string Schema = """
        {"type":"object","properties":{"min":{"type":"integer"},"max":{"type":"integer"},"name":{"type":"string"},"ratio":{"type":"number"},
         "on":{"type":"boolean"},"tags":{"type":"array","items":{"type":"string"}},"labels":{"type":"object","additionalProperties":{"type":"string"}},
         "ports":{"type":"array","items":{"type":"object","properties":{"port":{"type":"integer"},"name":{"type":"string"}}}},
         "port":{"x-kubernetes-int-or-string":true},"wait":{"type":"string","format":"duration"},"at":{"type":"string","format":"date-time"},"x-y":{"type":"integer"}}}
        """;

    private const string Value = """
        {"min":1,"max":5,"name":"web-1","ratio":0.5,"on":true,"tags":["a","b"],"labels":{"k":"v"},"ports":[{"port":80,"name":"http"},{"port":443,"name":"https"}],
         "port":"http","wait":"90s","at":"2026-01-02T03:04:05Z","x-y":7}
        """;

    [Theory]
    [InlineData("self.min <= self.max")]
    [InlineData("self.min + 2 * 2 == 5 && self.max - 1 == 4 && 7 / 2 == 3 && 7 % 2 == 1 && -self.min == -1")]
    [InlineData("self.ratio < 1.0 && double(self.min) == 1.0 && int(self.ratio) == 0")]
    [InlineData("self.name.startsWith('web') && self.name.endsWith(\"1\") && self.name.contains('b-') && self.name.matches('^[a-z]+-[0-9]$')")]
    [InlineData("size(self.name) == 5 && self.tags.size() == 2 && size(self.labels) == 1")]
    [InlineData("has(self.name) && has(self.ports[0].name)")]
    [InlineData("'a' in self.tags && !('c' in self.tags) && 'k' in self.labels && self.labels['k'] == 'v' && self.labels.k == 'v'")]
    [InlineData("self.ports.all(p, p.port > 0 && p.port < 65536)")]
    [InlineData("self.ports.exists(p, p.name == 'https') && self.ports.exists_one(p, p.port == 80)")]
    [InlineData("self.ports.map(p, p.port) == [80, 443] && self.ports.map(p, p.port > 100, p.name) == ['https']")]
    [InlineData("self.ports.filter(p, p.port > 100).size() == 1")]
    [InlineData("self.on ? self.min == 1 : self.max == 0")]
    [InlineData("self.port == 'http' || self.port == 80")]
    [InlineData("self.wait > duration('1m') && self.at < timestamp('2030-01-01T00:00:00Z')")]
    [InlineData("self.x__dash__y == 7")]
    [InlineData("self.labels.all(k, k.size() < 10)")]
    [InlineData("self.tags.isSorted() && self.tags.join(',') == 'a,b' && 'a,b'.split(',') == self.tags")]
    [InlineData("[1, 2, 3].sum() == 6 && [3, 1].min() == 1 && [3, 1].max() == 3")]
    [InlineData("'ABC'.lowerAscii() == 'abc' && ' x '.trim() == 'x' && 'abc'.substring(1, 2) == 'b' && 'abc'.replace('b', '') == 'ac'")]
    [InlineData("string(self.min) == '1' && int('7') == 7")]
    [InlineData("{'a': 1}['a'] == 1 && [1] + [2] == [1, 2]")]
    [InlineData("false && self.ports[9].port == 1 || true")]
    [InlineData("self.ports[9].port == 1 || true")] // One side decides although the other fails.
    [InlineData("r'\\d' == '\\\\d' && '''it's''' == \"it's\" // a note")]
    public void Rules_ThatHold(string rule) => Assert.Equal("", Run(rule, Value));

    [Theory]
    [InlineData("self.min > self.max", "<nil>: Invalid value: \"object\": failed rule: self.min > self.max")]
    [InlineData("self.ports[9].port == 1", "<nil>: Invalid value: \"object\": index out of bounds: 9 evaluating rule: self.ports[9].port == 1")]
    [InlineData("self.labels.zone == 'a'", "<nil>: Invalid value: \"object\": no such key: zone evaluating rule: self.labels.zone == 'a'")]
    [InlineData("self.max / 0 == 1", "<nil>: Invalid value: \"object\": division by zero evaluating rule: self.max / 0 == 1")]
    [InlineData("9223372036854775807 + self.min > 0", "<nil>: Invalid value: \"object\": integer overflow evaluating rule: 9223372036854775807 + self.min > 0")]
    public void Rules_ThatDoNot(string rule, string expected) => Assert.Equal(expected, Run(rule, Value));

    [Theory] // Refused when the definition is written, with the place.
    [InlineData("self.foo > 1", "ERROR: <input>:1:5: undefined field 'foo'\n | self.foo > 1\n | ....^")]
    [InlineData("self.name.shout()", "ERROR: <input>:1:10: undeclared reference to 'shout' (in container '')\n | self.name.shout()\n | .........^")]
    [InlineData("quantity('1')", "ERROR: <input>:1:1: undeclared reference to 'quantity' (in container '')\n | quantity('1')\n | ^")]
    [InlineData("other == 1", "ERROR: <input>:1:1: undeclared reference to 'other' (in container '')\n | other == 1\n | ^")]
    [InlineData("self.min + 'x' == 1", "ERROR: <input>:1:10: found no matching overload for '_+_' applied to '(int, string)'\n | self.min + 'x' == 1\n | .........^")]
    [InlineData("self.name != null", "ERROR: <input>:1:11: found no matching overload for '_!=_' applied to '(string, null_type)'\n | self.name != null\n | ..........^")]
    [InlineData("self.min == 'x'", "ERROR: <input>:1:10: found no matching overload for '_==_' applied to '(int, string)'\n | self.min == 'x'\n | .........^")]
    [InlineData("self.min >", "ERROR: <input>:1:11: Syntax error: mismatched input '<EOF>'\n | self.min >\n | ..........^")]
    [InlineData("true &&\n self.foo", "ERROR: <input>:2:6: undefined field 'foo'\n |  self.foo\n | .....^")]
    [InlineData("self.name.matches('(')", "invalid matches argument")]
    [InlineData("self.min", "must evaluate to a bool")]
    [InlineData("self.tags.all(1, true)", "argument must be a simple name")]
    public void Rules_ThatCannotBeRead(string rule, string expected)
    {
        var errors = new List<FieldError>();
        CelRule.CheckAll(errors, Props(rule, "\"message\":\"m\","), FieldPath.Of("schema"));
        Assert.Contains(expected, Assert.Single(errors).Body, StringComparison.Ordinal);
        Assert.Equal("schema.x-kubernetes-validations[0].rule", errors[0].Path);
    }

    [Theory] // rule, message fields, the answer
    [InlineData("self.min > self.max", "\"message\":\"min must be below max\",", "<nil>: Invalid value: \"object\": min must be below max")]
    [InlineData("self.min > self.max", "\"messageExpression\":\"'min is ' + string(self.min)\",", "<nil>: Invalid value: \"object\": min is 1")]
    [InlineData("self.min > self.max", "\"message\":\"plain\",\"messageExpression\":\"self.labels.zone\",", "<nil>: Invalid value: \"object\": plain")]
    [InlineData("self.min > self.max", "\"message\":\"no\",\"reason\":\"FieldValueForbidden\",\"fieldPath\":\".min\",", "min: Forbidden: no")]
    [InlineData("self.min > self.max", "\"message\":\"no\",\"reason\":\"FieldValueRequired\",\"fieldPath\":\".labels['zone']\",", "labels.zone: Required value: no")]
    public void Refusals_SayWhatTheRuleWants(string rule, string fields, string expected) => Assert.Equal(expected, Run(rule, Value, fields: fields));

    [Theory]
    [InlineData("self.min >= oldSelf.min", """{"min":3}""", """{"min":2}""", "<nil>: Invalid value: \"object\": failed rule: self.min >= oldSelf.min")]
    [InlineData("self.min >= oldSelf.min", """{"min":3}""", """{"min":4}""", "")]
    [InlineData("self.min >= oldSelf.min", null, """{"min":2}""", "")] // Nothing was before.
    [InlineData("self.min < 0", """{"min":2}""", """{"min":2}""", "")] // Nothing has changed.
    public void TransitionRules_HoldForChanges(string rule, string? old, string value, string expected) => Assert.Equal(expected, Run(rule, value, old));

    [Fact]
    public void TransitionRules_NeedItemsThatCanBeToldApart()
    {
        var errors = new List<FieldError>();
        var props = ApiJson.Decode<JSONSchemaProps>("""{"type":"object","properties":{"l":{"type":"array","items":{"type":"integer","x-kubernetes-validations":[{"rule":"self >= oldSelf"}]}}}}"""u8);
        CelRule.CheckAll(errors, props, FieldPath.Of("schema"));
        Assert.Contains("oldSelf cannot be used on the uncorrelatable portion of the schema", Assert.Single(errors).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void ARuleThatCostsTooMuch_IsCutOff()
    {
        var numbers = string.Join(',', Enumerable.Range(0, 400));
        Assert.Equal(
            "<nil>: Invalid value: \"object\": operation cancelled: actual cost limit exceeded evaluating rule: m",
            Run("self.n.all(a, self.n.all(b, self.n.all(c, a + b + c >= 0)))", $$"""{"n":[{{numbers}}]}""", schema: """{"type":"object","properties":{"n":{"type":"array","items":{"type":"integer"}}}}""", fields: "\"message\":\"m\","));
    }

    private static JSONSchemaProps Props(string rule, string fields = "", string schema = Schema) => ApiJson.Decode<JSONSchemaProps>(System.Text.Encoding.UTF8.GetBytes(
        schema[..schema.LastIndexOf('}')] + $$""","x-kubernetes-validations":[{{{fields}}"rule":{{System.Text.Json.JsonSerializer.Serialize(rule)}}}]}"""));

    private static string Run(string rule, string value, string? old = null, string schema = Schema, string fields = "")
    {
        var props = Props(rule, fields, schema);
        var refused = new List<FieldError>();
        CelRule.CheckAll(refused, props, FieldPath.Of("schema"));
        Assert.Empty(refused);
        var errors = new List<FieldError>();
        CelValidation.Check(errors, StructuralSchema.Of(props), SchemaValidationTests.Json(value), old is null ? null : SchemaValidationTests.Json(old));
        return string.Join('|', errors);
    }
}
