using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

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

    [Theory] // case                    last applied            manifest now        patch
    [InlineData(
        "a port left out is deleted by its key", """{"spec":{"ports":[{"port":80},{"port":90}]}}""", """{"spec":{"ports":[{"port":80}]}}""",
        """{"spec":{"ports":[{"port":80},{"$patch":"delete","port":90}]}}""")]
    [InlineData(
        "a field of a port that stays is removed", """{"spec":{"ports":[{"port":80,"name":"a"}]}}""", """{"spec":{"ports":[{"port":80}]}}""",
        """{"spec":{"ports":[{"port":80,"name":null}]}}""")]
    [InlineData(
        "a list that is replaced as a whole needs no deletions", """{"spec":{"externalIPs":["1.2.3.4","1.2.3.5"]}}""", """{"spec":{"externalIPs":["1.2.3.4"]}}""",
        """{"spec":{"externalIPs":["1.2.3.4"]}}""")]
    public void Plan_DeletesItemsOfMergedLists(string because, string last, string wanted, string expected)
    {
        var patch = ThreeWayMerge.Plan(last, (JsonObject)JsonNode.Parse(wanted)!, Kinds.Service);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), patch), $"{because}: got {patch.ToJsonString()}");
    }
}
