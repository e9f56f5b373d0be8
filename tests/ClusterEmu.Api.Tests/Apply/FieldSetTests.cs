using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>Sets of fields: FieldsV1, and what is done with them.</summary>
public sealed class FieldSetTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"f:spec":{}}""")]
    [InlineData("""{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:replicas":{}}}""")]
    [InlineData("""{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{}}}}}""")]
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"a/b\"":{},"v:\"c\"":{}}}}""")]
    [InlineData("""{"f:list":{"i:0":{},"i:11":{}}}""")]
    [InlineData("""{"f:metadata":{"f:annotations":{"f:a.b/\"c\"":{}}}}""")]
    public void WhatIsRead_IsWrittenAlike(string json) => Assert.Equal(json, ApplyTexts.Text(ApplyTexts.Set(json)));

    [Theory] // As it came, as it is written: sorted, each step once, keys in order.
    [InlineData("""{"f:b":{},"f:a":{}}""", """{"f:a":{},"f:b":{}}""")]
    [InlineData("""{"f:a":{"f:x":{}},"f:a":{".":{},"f:y":{}}}""", """{"f:a":{".":{},"f:x":{},"f:y":{}}}""")]
    [InlineData("""{"k:{\"protocol\":\"TCP\", \"port\":80}":{}}""", """{"k:{\"port\":80,\"protocol\":\"TCP\"}":{}}""")]
    [InlineData("""{"i:10":{},"i:9":{},"v:1":{},"f:z":{},"k:{\"a\":\"b\"}":{}}""", """{"f:z":{},"k:{\"a\":\"b\"}":{},"v:1":{},"i:9":{},"i:10":{}}""")]
    [InlineData("""{"k:{\"port\":9}":{},"k:{\"port\":10}":{}}""", """{"k:{\"port\":9}":{},"k:{\"port\":10}":{}}""")]
    [InlineData("""{"x:later":{},"f:a":{}}""", """{"f:a":{}}""")]
    public void WhatIsRead_IsPutInOrder(string json, string canonical) => Assert.Equal(canonical, ApplyTexts.Text(ApplyTexts.Set(json)));

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"f:a":1}""")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"k:[1]":{}}""")]
    [InlineData("""{"v:{}":{}}""")]
    [InlineData("""{"i:x":{}}""")]
    public void WhatIsNoSet_IsRefused(string json) => Assert.Throws<FormatException>(() => FieldSetJson.Decode(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void ASetTooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"f:a\":", 70)) + "{}" + new string('}', 70);
        Assert.Throws<FormatException>(() => FieldSetJson.Decode(Encoding.UTF8.GetBytes(deep)));
    }

    private const string Left = """{"f:a":{".":{},"f:x":{},"f:y":{}},"f:b":{}}""";
    private const string Right = """{"f:a":{".":{},"f:y":{},"f:z":{}},"f:c":{}}""";

    [Theory]
    [InlineData("union", Left, Right, """{"f:a":{".":{},"f:x":{},"f:y":{},"f:z":{}},"f:b":{},"f:c":{}}""")]
    [InlineData("union", Left, "{}", Left)]
    [InlineData("intersection", Left, Right, """{"f:a":{".":{},"f:y":{}}}""")]
    [InlineData("intersection", Left, """{"f:a":{}}""", """{"f:a":{}}""")]
    [InlineData("difference", Left, Right, """{"f:a":{"f:x":{}},"f:b":{}}""")]
    [InlineData("difference", Left, """{"f:a":{}}""", """{"f:a":{"f:x":{},"f:y":{}},"f:b":{}}""")]
    [InlineData("deep", Left, """{"f:a":{}}""", """{"f:b":{}}""")]
    [InlineData("deep", Left, """{"f:a":{"f:x":{}}}""", """{"f:a":{".":{},"f:y":{}},"f:b":{}}""")]
    public void Operations(string how, string left, string right, string expected)
    {
        var (a, b) = (ApplyTexts.Set(left), ApplyTexts.Set(right));
        var result = how switch
        {
            "union" => a.Union(b),
            "intersection" => a.Intersection(b),
            "difference" => a.Difference(b),
            _ => a.DeepDifference(b),
        };
        Assert.Equal(expected, ApplyTexts.Text(result));
    }

    [Fact]
    public void AnOperationThatChangesNothing_GivesTheSetItself()
    {
        var set = ApplyTexts.Set(Left);
        Assert.Same(set, set.Union(ApplyTexts.Set("""{"f:b":{}}""")));
        Assert.Same(set, set.Difference(ApplyTexts.Set("""{"f:c":{}}""")));
        Assert.Same(set, set.Intersection(ApplyTexts.Set("""{"f:a":{".":{},"f:x":{},"f:y":{}},"f:b":{},"f:c":{}}""")));
    }

    [Theory]
    [InlineData("""{"f:b":{}}""", Left, true)]
    [InlineData("""{"f:a":{"f:x":{}}}""", Left, true)]
    [InlineData("""{"f:a":{"f:z":{}}}""", Left, false)]
    [InlineData("""{"f:a":{}}""", """{"f:a":{"f:x":{}}}""", false)]
    [InlineData("{}", "{}", true)]
    public void IsWithin(string left, string right, bool expected) => Assert.Equal(expected, ApplyTexts.Set(left).IsWithin(ApplyTexts.Set(right)));

    [Fact]
    public void Paths_ComeLevelByLevel_AsConflictsShowThem()
    {
        var set = ApplyTexts.Set("""{"f:spec":{".":{},"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{}}},"f:replicas":{}},"f:z":{"v:\"a\"":{},"i:3":{}}}""");
        Assert.Equal(
            [".spec", ".spec.replicas", ".spec.ports[port=80,protocol=\"TCP\"]", ".spec.ports[port=80,protocol=\"TCP\"].name", ".z[=\"a\"]", ".z[3]"],
            set.Paths().Select(path => string.Concat(path)));
    }
}
