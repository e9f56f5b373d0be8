namespace ClusterEmu.Api.Tests;

/// <summary>What changes between two states. Rows: kind, before, after, added, modified, removed (FieldsV1).</summary>
public sealed class TypedComparisonTests
{
    private const string None = "{}";

    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        { "ConfigMap", """{"data":{"a":"1"}}""", """{"data":{"a":"1"}}""", None, None, None },
        { "ConfigMap", """{"data":{"a":"1"}}""", """{"data":{"a":"2","b":"1"}}""", """{"f:data":{"f:b":{}}}""", """{"f:data":{"f:a":{}}}""", None },
        { "ConfigMap", "{}", """{"data":{"a":"1"}}""", """{"f:data":{".":{},"f:a":{}}}""", None, None },
        { "ConfigMap", """{"data":{"a":"1"}}""", "{}", None, None, """{"f:data":{".":{},"f:a":{}}}""" },
        { "Service", """{"spec":{"selector":{"a":"1"}}}""", """{"spec":{"selector":{"a":"1","b":"2"}}}""", None, """{"f:spec":{"f:selector":{}}}""", None }, // Atomic.
        {
            "Service", """{"spec":{"ports":[{"port":80,"targetPort":1}]}}""", """{"spec":{"ports":[{"port":81,"targetPort":1},{"port":80,"targetPort":2}]}}""",
            """{"f:spec":{"f:ports":{"k:{\"port\":81,\"protocol\":\"TCP\"}":{".":{},"f:port":{},"f:targetPort":{}}}}}""",
            """{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{"f:targetPort":{}}}}}""", None
        },
        {
            "Pod", """{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}]}}""", """{"spec":{"containers":[{"name":"b","image":"y"},{"name":"a","image":"z"}]}}""",
            None, """{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:image":{}}}}}""", None
        }, // The order of items counts for nothing.
        { "Pod", """{"spec":{"containers":[{"name":"a","args":["1","2"]}]}}""", """{"spec":{"containers":[{"name":"a","args":["2","1"]}]}}""", None, """{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:args":{}}}}}""", None },
        { "Pod", """{"metadata":{"finalizers":["a/b"]}}""", """{"metadata":{"finalizers":["c/d"]}}""", """{"f:metadata":{"f:finalizers":{"v:\"c/d\"":{}}}}""", None, """{"f:metadata":{"f:finalizers":{"v:\"a/b\"":{}}}}""" },
        { "Pod", """{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"X","value":"2"}]}]}}""", """{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"X","value":"3"}]}]}}""", None, """{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:env":{"k:{\"name\":\"X\"}":{}}}}}}""", None },
        { "Pod", """{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"}]}]}}""", """{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"X","value":"3"}]}]}}""", """{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:env":{"k:{\"name\":\"X\"}":{}}}}}}""", None, """{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:env":{"k:{\"name\":\"X\"}":{".":{},"f:name":{},"f:value":{}}}}}}}""" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Compare(string name, string before, string after, string added, string modified, string removed)
    {
        var kind = KindCatalog.ByKind("v1", name)!;
        var changes = TypedComparison.Compare(ApplyTexts.Json(before), ApplyTexts.Json(after), kind.FieldType);
        Assert.Equal((added, modified, removed), (ApplyTexts.Text(changes.Added), ApplyTexts.Text(changes.Modified), ApplyTexts.Text(changes.Removed)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void TheComparisonOfTexts_FindsTheSame(string name, string before, string after, string _1, string _2, string _3)
    {
        var kind = KindCatalog.ByKind("v1", name)!;
        foreach (var (left, right) in new[] { (before, after), (after, before) })
        {
            var (old, value) = (ApplyTexts.Canonical(kind, left), ApplyTexts.Canonical(kind, right));
            var slow = TypedComparison.Compare(ApplyTexts.Json(System.Text.Encoding.UTF8.GetString(old)), ApplyTexts.Json(System.Text.Encoding.UTF8.GetString(value)), kind.FieldType);
            var fast = TextComparison.Compare(old, value, kind.FieldType);
            Assert.Equal((ApplyTexts.Text(slow.Added), ApplyTexts.Text(slow.Modified), ApplyTexts.Text(slow.Removed)), (ApplyTexts.Text(fast.Added), ApplyTexts.Text(fast.Modified), ApplyTexts.Text(fast.Removed)));
        }
        Assert.NotNull(_1 + _2 + _3);
    }

    [Theory] // Without a schema: maps are merged, lists replaced.
    [InlineData("""{"a":{"b":1,"l":[1]}}""", """{"a":{"b":2,"l":[1,2]}}""", None, """{"f:a":{"f:b":{},"f:l":{}}}""", None)]
    [InlineData("""{"a":1}""", """{"a":{"b":2}}""", """{"f:a":{"f:b":{}}}""", """{"f:a":{}}""", None)]
    [InlineData("""{"a":1.0}""", """{"a":1}""", None, None, None)]
    [InlineData("""{"a":null}""", """{"a":{}}""", None, """{"f:a":{}}""", None)]
    public void Compare_WithoutSchema(string before, string after, string added, string modified, string removed)
    {
        var changes = TypedComparison.Compare(ApplyTexts.Json(before), ApplyTexts.Json(after), FieldType.Deduced);
        Assert.Equal((added, modified, removed), (ApplyTexts.Text(changes.Added), ApplyTexts.Text(changes.Modified), ApplyTexts.Text(changes.Removed)));
    }

    [Fact]
    public void AnObjectWithManyFields_IsComparedAsOneWithFew()
    {
        var before = "{\"data\":{" + string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"k{i}\":\"{i}\"")) + "}}";
        var changes = TypedComparison.Compare(ApplyTexts.Json(before), ApplyTexts.Json(before.Replace("\"k7\":\"7\"", "\"k7\":\"x\"", StringComparison.Ordinal)), Kinds.ConfigMap.FieldType);
        Assert.Equal("""{"f:data":{"f:k7":{}}}""", ApplyTexts.Text(changes.Set));
    }
}
