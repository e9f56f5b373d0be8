using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>managedFields in the JSON of objects.</summary>
public sealed class ManagedFieldsTests
{
    private const string Entry = """[{"manager":"m","operation":"Update","apiVersion":"v1","time":"2026-01-02T03:04:05Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{}}}]""";

    private static ConfigMap Decode(string metadata) => (ConfigMap)Kinds.ConfigMap.Decode(Encoding.UTF8.GetBytes($$$"""{"metadata":{{{metadata}}},"data":{"a":"b"}}"""));

    [Theory]
    [InlineData("""{"managedFields":null}""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"managedFields":[]}""", true)]
    [InlineData("""{"managedFields":[{}]}""", true)]
    [InlineData("""{"managedFields":[{"manager":""}]}""", true)]
    public void AnEmptyList_AsksToForget(string metadata, bool reset)
    {
        var managed = Decode(metadata).Metadata.ManagedFields;
        Assert.Equal((true, reset), (managed.IsEmpty, managed.IsReset));
    }

    [Fact]
    public void Entries_AreKeptAsTheyCame_AndCanBeRead()
    {
        var map = Decode($$"""{"name":"x","managedFields":{{Entry}}}""");
        Assert.Equal(Entry, Encoding.UTF8.GetString(map.Metadata.ManagedFields.Json.Span));
        Assert.Contains($"\"managedFields\":{Entry}", Encoding.UTF8.GetString(Kinds.ConfigMap.Encode(map)), StringComparison.Ordinal);
        var entry = Assert.Single(map.Metadata.ManagedFields.Entries());
        Assert.Equal(("m", "Update", "v1", ApplyTexts.Then), (entry.Manager, entry.Operation, entry.ApiVersion, entry.Time));
        Assert.Equal(map.Metadata.ManagedFields, Decode($$"""{"name":"x","managedFields":{{Entry}}}""").Metadata.ManagedFields);
    }

    [Theory]
    [InlineData("""{"managedFields":"x"}""", "json: cannot unmarshal string into Go struct field ObjectMeta.metadata.managedFields of type []v1.ManagedFieldsEntry")]
    [InlineData("""{"managedFields":[{"manager":1}]}""", "json: cannot unmarshal number into Go struct field ManagedFieldsEntry.metadata.managedFields.manager of type string")]
    public void WhatIsNoList_IsRefused(string metadata, string message) =>
        Assert.Equal(message, Assert.Throws<ObjectDecodingException>(() => Decode(metadata)).Message);

    [Theory] // Where other members stand around it.
    [InlineData("""{"name":"x","resourceVersion":"7","managedFields":[{"a":"]}\""}]}""", """{"name":"x","resourceVersion":"7"}""")]
    [InlineData("""{"managedFields":[],"resourceVersion":"7"}""", """{"resourceVersion":"7"}""")]
    [InlineData("""{"managedFields":[]}""", "{}")]
    [InlineData("""{"annotations":{"managedFields":"no"},"resourceVersion":"7"}""", """{"annotations":{"managedFields":"no"},"resourceVersion":"7"}""")]
    public void ObjectText_TakesThemOut(string metadata, string without)
    {
        var text = $$$$$"""{"kind":"K","metadata":{{{{{metadata}}}}},"spec":{"template":{"metadata":{"managedFields":[7]}}}}""";
        Assert.Equal(text.Replace(metadata, without, StringComparison.Ordinal), Encoding.UTF8.GetString(ObjectText.WithoutManagedFields(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData("""{"name":"x","resourceVersion":"7","uid":"u"}""", Entry, """{"name":"x","resourceVersion":"123","uid":"u","managedFields":ENTRY}""")]
    [InlineData("""{"name":"x","resourceVersion":"7","managedFields":[{}]}""", Entry, """{"name":"x","resourceVersion":"123","managedFields":ENTRY}""")]
    [InlineData("""{"name":"x","resourceVersion":"7","managedFields":[{}]}""", "", """{"name":"x","resourceVersion":"123"}""")]
    [InlineData("""{"name":"x","resourceVersion":"7"}""", "", """{"name":"x","resourceVersion":"123"}""")]
    public void ObjectText_PutsRevisionAndManagers(string metadata, string managers, string expected)
    {
        var (text, managed) = ObjectText.With(Encoding.UTF8.GetBytes($$$"""{"kind":"K","metadata":{{{metadata}}},"data":{}}"""), "123"u8, ManagedFields.Of(Encoding.UTF8.GetBytes(managers)));
        Assert.Equal($$$"""{"kind":"K","metadata":{{{expected.Replace("ENTRY", Entry, StringComparison.Ordinal)}}},"data":{}}""", Encoding.UTF8.GetString(text));
        Assert.Equal(managers, Encoding.UTF8.GetString(text[managed]));
    }
}
