using System.Text;

namespace ClusterEmu.Api.Tests;

public class JsonPatchTests
{
    [Theory] // RFC 6902, appendix A, and what the API server adds.
    [InlineData("""{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"baz":"qux","foo":"bar"}""")]
    [InlineData("""{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [InlineData("""{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc"]}]""", """{"foo":["bar",["abc"]]}""")]
    [InlineData("""{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [InlineData("""{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [InlineData("""{"baz":"qux"}""", """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo"}""")]
    [InlineData("""{"foo":{"bar":"baz"},"qux":{}}""", """[{"op":"move","from":"/foo/bar","path":"/qux/thud"}]""", """{"foo":{},"qux":{"thud":"baz"}}""")]
    [InlineData("""{"foo":["all","grass","cows","eat"]}""", """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""", """{"foo":["all","cows","eat","grass"]}""")]
    [InlineData("""{"foo":[1]}""", """[{"op":"copy","from":"/foo","path":"/bar"}]""", """{"foo":[1],"bar":[1]}""")]
    [InlineData("""{"foo":["a",2]}""", """[{"op":"test","path":"/foo/1","value":2},{"op":"test","path":"/no","value":null}]""", """{"foo":["a",2]}""")]
    [InlineData("""{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10},{"op":"remove","path":"/~1"}]""", """{"~1":10}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("""{"a":1}""", "[]", """{"a":1}""")]
    public void OperationsApplyInOrder(string target, string patch, string wanted) =>
        JsonDifference.AssertSame(wanted, Encoding.UTF8.GetString(JsonPatch.Apply(Encoding.UTF8.GetBytes(target), Encoding.UTF8.GetBytes(patch))));

    [Theory]
    [InlineData("""[{"op":"test","path":"/spec/type","value":"X"}]""")]
    [InlineData("""[{"op":"remove","path":"/nosuch"}]""")]
    [InlineData("""[{"op":"replace","path":"/nosuch","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/no/such","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/5","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/x","value":1}]""")]
    [InlineData("""[{"op":"add","path":"list","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list"}]""")]
    [InlineData("""[{"op":"copy","path":"/list"}]""")]
    [InlineData("""[{"op":"swap","path":"/list"}]""")]
    public void WhatDoesNotApplyIsUnprocessable(string patch)
    {
        var refused = Assert.Throws<PatchException>(() => JsonPatch.Apply("""{"spec":{"type":"Y"},"list":[1]}"""u8, Encoding.UTF8.GetBytes(patch)));
        Assert.Equal((422, "Invalid", "the server rejected our request due to an error in our request"), (refused.Code, refused.Reason, refused.Message));
    }

    [Theory]
    [InlineData("{}", "json: cannot unmarshal object into Go value of type jsonpatch.Patch")]
    [InlineData("[1]", "json: cannot unmarshal number into Go value of type jsonpatch.Operation")]
    [InlineData("[{]", "invalid character ']' looking for beginning of object key string")]
    public void WhatIsNoPatchIsABadRequest(string patch, string message)
    {
        var refused = Assert.Throws<PatchException>(() => JsonPatch.Apply("{}"u8, Encoding.UTF8.GetBytes(patch)));
        Assert.Equal((400, message), (refused.Code, refused.Message));
    }

    [Fact]
    public void TooManyOperationsAreRefused()
    {
        var patch = "[" + string.Join(',', Enumerable.Repeat("""{"op":"test","path":"/x","value":null}""", 10_001)) + "]";
        Assert.Equal(413, Assert.Throws<PatchException>(() => JsonPatch.Apply("{}"u8, Encoding.UTF8.GetBytes(patch))).Code);
    }
}
