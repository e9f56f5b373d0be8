using System.Text;

namespace ClusterEmu.Api.Tests;

public class MergePatchTests
{
    [Theory] // RFC 7386, appendix A.
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":"b"}""", """{"a":{"c":1,"d":null}}""", """{"a":{"c":1}}""")]
    public void NullDeletesObjectsMergeTheRestReplaces(string target, string patch, string wanted) =>
        JsonDifference.AssertSame(wanted, Encoding.UTF8.GetString(MergePatch.Apply(Encoding.UTF8.GetBytes(target), Encoding.UTF8.GetBytes(patch))));

    [Theory]
    [InlineData("[]", "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("{", "error decoding patch: unexpected end of JSON input")]
    [InlineData("", "error decoding patch: unexpected end of JSON input")]
    public void WhatIsNoObjectIsABadRequest(string patch, string message)
    {
        var refused = Assert.Throws<PatchException>(() => MergePatch.Apply("{}"u8, Encoding.UTF8.GetBytes(patch)));
        Assert.Equal((400, message), (refused.Code, refused.Message));
    }
}
