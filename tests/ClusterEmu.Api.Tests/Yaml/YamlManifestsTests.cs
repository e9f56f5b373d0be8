using System.Text;

namespace ClusterEmu.Api.Tests;

public class YamlManifestsTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: -0", """{"a":0}""")]
    [InlineData("a: 010", """{"a":8}""")]
    [InlineData("a: 0o10", """{"a":8}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 1_000", """{"a":1000}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: 1.0", """{"a":1}""")]
    [InlineData("a: 08", """{"a":8}""")]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: Off", """{"a":false}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: !!str 5", """{"a":"5"}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: 2026-01-02", """{"a":"2026-01-02"}""")]
    [InlineData("a: 2026-01-02T03:04:05Z", """{"a":"2026-01-02T03:04:05Z"}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: 10.96.0.1", """{"a":"10.96.0.1"}""")]
    [InlineData("a: 500m", """{"a":"500m"}""")]
    [InlineData("a: 0777_", """{"a":511}""")]
    [InlineData("a:\n-", """{"a":[null]}""")]
    [InlineData("a: +x", """{"a":"+x"}""")]
    [InlineData("5: x\ntrue: y1", """{"5":"x","true":"y1"}""")]
    [InlineData("a: &x {b: 1}\nc: *x", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3", """{"a":{"b":1,"c":2},"d":{"c":3,"b":1}}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("a: >-\n  x\n  y\n", """{"a":"x y"}""")]
    [InlineData("- a\n- {b: [1, 2]}", """["a",{"b":[1,2]}]""")]
    [InlineData("{\"a\":\t1}", """{"a":1}""")]
    [InlineData("{a: 1}", """{"a":1}""")]
    public void ScalarsMeanWhatKubernetesTakesThemFor(string yaml, string json)
    {
        JsonDifference.AssertSame(json, Encoding.UTF8.GetString(Assert.Single(YamlManifests.ToJson(yaml)).Json));
    }

    [Fact]
    public void DocumentsAreSeparateAndEmptyOnesAreLeftOut()
    {
        var documents = YamlManifests.ToJson("# first\n---\na: 1\n---\n# nothing\n---\nb: 2\n...\n");
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], documents.Select(document => Encoding.UTF8.GetString(document.Json)));
        Assert.Equal([3, 7], documents.Select(document => document.Line));
        Assert.Empty(YamlManifests.ToJson(""));
    }

    [Fact]
    public void JsonDocumentsMayFollowEachOther() =>
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], YamlManifests.ToJson("{\"a\":1}\n{\"b\":2}").Select(document => Encoding.UTF8.GetString(document.Json)));

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", 3, 1, "key \"a\" is already set in this map, at line 1")]
    [InlineData("spec:\n  ports: 1\n  ports: 2", 3, 3, "key \"ports\" is already set")]
    [InlineData("a: b: c", 1, 5, "")]
    [InlineData("a: [1", 1, 6, "")]
    [InlineData("a: *x", 1, 4, "unknown anchor 'x' referenced")]
    [InlineData("a: &x [*x]", 1, 8, "anchor 'x' value contains itself")]
    [InlineData("a:\n\t- b", 2, 1, "a tab indents this line")]
    [InlineData("[1]: 2", 1, 1, "a map's key must be a text")]
    public void ProblemsHaveAPlace(string yaml, int line, int column, string problem)
    {
        var refused = Assert.Throws<ManifestException>(() => YamlManifests.ToJson(yaml));
        Assert.Equal((line, column), (refused.Line, refused.Column));
        Assert.StartsWith($"yaml: line {line}, column {column}: {problem}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DepthIsBounded() =>
        Assert.Contains("nested deeper than 60 levels", Assert.Throws<ManifestException>(() => YamlManifests.ToJson(new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void AliasesCannotNestADocumentTooDeep()
    {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (var level = 1; level < 200; level++) yaml.Append($"a{level}: &a{level} [*a{level - 1}]\n");
        Assert.Contains("too deep", Assert.Throws<ManifestException>(() => YamlManifests.ToJson(yaml.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AliasesCannotBlowUpADocument()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
            yaml.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        Assert.Contains("excessive aliasing", Assert.Throws<ManifestException>(() => YamlManifests.ToJson(yaml.ToString())).Message, StringComparison.Ordinal);
    }
}
