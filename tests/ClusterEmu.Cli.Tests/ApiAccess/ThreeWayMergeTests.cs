using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;

namespace ClusterEmu.Cli.Tests.ApiAccess;

public sealed class ThreeWayMergeTests
{
    [Theory] // case                    last applied            manifest now        patch
    [InlineData("first time", null, """{"a":1}""", """{"a":1}""")]
    [InlineData("a field left out is removed", """{"a":1,"b":2}""", """{"a":1}""", """{"a":1,"b":null}""")]
    [InlineData("also below", """{"s":{"x":1,"y":2}}""", """{"s":{"x":1}}""", """{"s":{"x":1,"y":null}}""")]
    [InlineData("a damaged annotation removes nothing", "{", """{"a":1}""", """{"a":1}""")]
    public void Plan_RemovesWhatTheManifestNoLongerSays(string because, string? last, string wanted, string expected)
    {
        var patch = ThreeWayMerge.Plan(last, (JsonObject)JsonNode.Parse(wanted)!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), patch), $"{because}: got {patch.ToJsonString()}");
    }
}
