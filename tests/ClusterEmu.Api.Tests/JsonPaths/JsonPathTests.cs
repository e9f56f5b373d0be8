namespace ClusterEmu.Api.Tests;

public class JsonPathTests
{
    private const string Value = """
        {"metadata":{"labels":{"app.kubernetes.io/name":"web","a":"b"}},"spec":{"replicas":3,"hosts":["x","y","z"]},
         "status":{"conditions":[{"type":"Ready","status":"True","n":1},{"type":"Live","status":"False","n":5}]}}
        """;

    [Theory]
    [InlineData(".spec.replicas", "3")]
    [InlineData(".spec.missing.more", "")]
    [InlineData(".spec.hosts[0]", "\"x\"")]
    [InlineData(".spec.hosts[-1]", "\"z\"")]
    [InlineData(".spec.hosts[9]", "")]
    [InlineData(".spec.hosts[1:]", "\"y\" \"z\"")]
    [InlineData(".spec.hosts[0:3:2]", "\"x\" \"z\"")]
    [InlineData(".spec.hosts[0,2]", "\"x\" \"z\"")]
    [InlineData(".spec.hosts[*]", "\"x\" \"y\" \"z\"")]
    [InlineData(".spec.hosts", """["x","y","z"]""")]
    [InlineData(".metadata.labels['app.kubernetes.io/name']", "\"web\"")]
    [InlineData(@".metadata.labels.app\.kubernetes\.io/name", "\"web\"")]
    [InlineData(""".status.conditions[?(@.type=="Ready")].status""", "\"True\"")]
    [InlineData(".status.conditions[?(@.type!='Ready')].status", "\"False\"")]
    [InlineData(".status.conditions[?(@.n > 1)].type", "\"Live\"")]
    [InlineData(".status.conditions[?(@.missing)].type", "")]
    [InlineData(".status.conditions[*].type", "\"Ready\" \"Live\"")]
    [InlineData("..type", "\"Ready\" \"Live\"")]
    [InlineData(".status.*[0].n", "1")]
    public void Find_Leads(string path, string expected) =>
        Assert.Equal(expected, string.Join(' ', JsonPath.Parse(path).Find(SchemaValidationTests.Json(Value)).Select(found => found.GetRawText())));

    [Theory]
    [InlineData("spec", "unexpected s at position 0; a field begins with a dot")]
    [InlineData(".spec.", "a field is missing at the end")]
    [InlineData(".spec[", "unterminated array")]
    [InlineData(".spec['a", "unterminated quoted string")]
    [InlineData(".spec[x]", "invalid array index at position 6")]
    [InlineData(".c[?(@.a==", "unterminated filter")]
    [InlineData(".c[?(@.a==x)]", "unrecognized value x in a filter")]
    public void WhatIsNoPath_IsNamed(string path, string problem)
    {
        Assert.False(JsonPath.TryParse(path, out _, out var found));
        Assert.Equal(problem, found);
    }
}
