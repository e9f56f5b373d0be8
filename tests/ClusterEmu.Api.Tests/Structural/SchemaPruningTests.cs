using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

public class SchemaPruningTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"spec":{"type":"object","properties":{"a":{"type":"string"}}}}}""", """{"spec":{"a":"x","foo":1},"bar":2}""", """{"spec":{"a":"x"}}""", "bar spec.foo")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"spec":{"type":"object","properties":{"a":{"type":"string"}}}}}""", """{"spec":{"a":"x","foo":1},"bar":{"b":2}}""", """{"spec":{"a":"x"},"bar":{"b":2}}""", "spec.foo")]
    [InlineData("""{"type":"object","properties":{"l":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}}}}""", """{"l":[{"a":"x"},{"b":"y"}]}""", """{"l":[{"a":"x"},{}]}""", "l[1].b")]
    [InlineData("""{"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"object","properties":{"a":{"type":"string"}}}}}}""", """{"m":{"k":{"a":"x","b":"y"}}}""", """{"m":{"k":{"a":"x"}}}""", "m.k.b")]
    [InlineData("""{"type":"object","properties":{"r":{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"spec":{"type":"object"}}}}}""", """{"r":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"x":1},"other":2}}""", """{"r":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{}}}""", "r.other r.spec.x")]
    [InlineData("""{"type":"object","properties":{"p":{"x-kubernetes-int-or-string":true}}}""", """{"p":"25%"}""", """{"p":"25%"}""", "")]
    public void Prune_DropsWhatTheSchemaDoesNotKnow(string schema, string value, string expected, string dropped)
    {
        var tree = JsonNode.Parse(value)!.AsObject();
        Assert.Equal(dropped, string.Join(' ', SchemaPruning.Prune(tree, SchemaValidationTests.Schema(schema))));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), tree), $"got {tree.ToJsonString()}");
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","default":3},"b":{"type":"string"}}}""", "{}", """{"a":3}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","default":3}}}""", """{"a":null}""", """{"a":3}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","default":3,"nullable":true}}}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}}}""", """{"a":null}""", "{}")]
    [InlineData("""{"type":"object","properties":{"s":{"type":"object","default":{},"properties":{"a":{"type":"string","default":"x"}}}}}""", "{}", """{"s":{"a":"x"}}""")]
    [InlineData("""{"type":"object","properties":{"s":{"type":"object","properties":{"a":{"type":"string","default":"x"}}}}}""", "{}", "{}")]
    [InlineData("""{"type":"object","properties":{"l":{"type":"array","items":{"type":"object","properties":{"p":{"type":"string","default":"TCP"}}}}}}""", """{"l":[{},{"p":"UDP"}]}""", """{"l":[{"p":"TCP"},{"p":"UDP"}]}""")]
    [InlineData("""{"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"object","properties":{"n":{"type":"integer","default":0}}}}}}""", """{"m":{"k":{}}}""", """{"m":{"k":{"n":0}}}""")]
    public void Fill_CompletesWhatIsLeftOut(string schema, string value, string expected)
    {
        var (tree, compiled) = (JsonNode.Parse(value)!, SchemaValidationTests.Schema(schema));
        SchemaDefaulting.Fill(tree, compiled);
        SchemaDefaulting.DropNulls(tree, compiled);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), tree), $"got {tree.ToJsonString()}");
    }
}
