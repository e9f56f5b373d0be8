using System.Text;
using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

/// <summary>Objects are decoded without their managers, and as they are otherwise.</summary>
public sealed class LeanObjectsTests
{
    [Theory]
    [InlineData("""{"metadata":{"name":"x","managedFields":[{"manager":"a","fieldsV1":{"f:a":{"k:{\"b\":\"]\"}":{}}}}]},"data":{"a":"b"}}""")]
    [InlineData("""{"metadata":{"managedFields":[{"manager":"a"}],"name":"x"},"data":{"a":"b"}}""")]
    [InlineData("""{"metadata":{"name":"x"},"data":{"a":"b"}}""")]
    [InlineData("""{ "metadata" : { "name" : "x", "managedFields":[ ] }, "data" : { "a" : "b" } }""")]
    public void ManagersAreLeftOut(string json)
    {
        var map = (ConfigMap)LeanObjects.Decode(Kinds.ConfigMap, Encoding.UTF8.GetBytes(json));
        Assert.Equal(("x", "b", true, false), (map.Metadata.Name, map.Data["a"], map.Metadata.ManagedFields.IsEmpty, map.Metadata.ManagedFields.IsReset));
    }

    [Fact]
    public void ATextThatMentionsThem_StaysAsItIs()
    {
        const string text = "\\\"managedFields\\\":[1]";
        var map = (ConfigMap)LeanObjects.Decode(Kinds.ConfigMap, Encoding.UTF8.GetBytes($$$"""{"metadata":{"name":"x"},"data":{"a":"{{{text}}}"}}"""));
        Assert.Equal("\"managedFields\":[1]", map.Data["a"]);
    }

    [Fact]
    public void WhatBreaksOffWithinThem_IsRefused() =>
        Assert.Throws<ObjectDecodingException>(() => LeanObjects.Decode(Kinds.ConfigMap, "{\"metadata\":{\"managedFields\":[{"u8));
}
