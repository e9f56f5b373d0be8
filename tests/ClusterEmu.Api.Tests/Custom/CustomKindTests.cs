using System.Text;

namespace ClusterEmu.Api.Tests;

public class CustomKindTests
{
    [Fact]
    public void Objects_AreWrittenAsGoWritesMaps()
    {
        var json = """{"spec":{"b":1,"a":{"y":2,"x":[{"d":1,"c":2}]}},"metadata":{"namespace":"n","name":"c"},"kind":"CronTab","apiVersion":"stable.example.com/v1","data":"x","zoo":1}"""u8;
        var value = CronTab.Kind().Decode(json);
        Assert.Equal(
            """{"apiVersion":"stable.example.com/v1","data":"x","kind":"CronTab","metadata":{"name":"c","namespace":"n"},"spec":{"a":{"x":[{"c":2,"d":1}],"y":2},"b":1},"zoo":1}""",
            Encoding.UTF8.GetString(CronTab.Kind().Encode(value)));
    }

    [Fact]
    public void OfAFieldGivenTwice_TheLastCounts()
    {
        var value = (CustomObject)CronTab.Kind().Decode("""{"spec":{"a":1,"a":2},"spec":{"b":1,"b":{"c":1}}}"""u8);
        Assert.Equal("""{"spec":{"b":{"c":1}}}""", value.Content.GetRawText());
    }

    [Theory]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("{", "unexpected end of JSON input")]
    [InlineData("""{"metadata":3}""", "json: cannot unmarshal integer into Go struct field .metadata of type v1.ObjectMeta")]
    public void WhatIsNoObject_IsRefused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ObjectDecodingException>(() => CronTab.Kind().Decode(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void AllVersions_AreStoredAlike_AndShownAsAsked()
    {
        var (v1, beta) = (CronTab.Kind(), CronTab.Kind("v1beta1"));
        var stored = (CustomObject)beta.ToStorage(CronTab.Of("""{"cronSpec":"x"}""", "v1beta1"));
        Assert.Equal(("stable.example.com/v1", v1.Storage), (stored.ApiVersion, stored.Type));
        Assert.Equal(v1.Storage, CustomStorage.Of("stable.example.com", "crontabs"));
        var shown = (CustomObject)v1.Show(stored);
        Assert.Equal("""{"spec":{"cronSpec":"x","image":"busybox"}}""", shown.Content.GetRawText()); // Defaults are filled in when it is read.
        Assert.Equal("stable.example.com/v1beta1", beta.Show(stored).ApiVersion);
        Assert.Same(v1, KindCatalog.Of(shown));
        Assert.Same(shown, v1.Show(stored));
    }

    [Theory] // spec before, the content written, whether the status subresource is meant, generation and content after
    [InlineData("""{"cronSpec":"a"}""", """{"spec":{"cronSpec":"b"},"status":{"replicas":9}}""", false, 4, """{"spec":{"cronSpec":"b"}}""")]
    [InlineData("""{"cronSpec":"a"}""", """{"spec":{"cronSpec":"a"},"status":{"replicas":9}}""", false, 3, """{"spec":{"cronSpec":"a"}}""")]
    [InlineData("""{"cronSpec":"a"}""", """{"spec":{"cronSpec":"b"},"status":{"replicas":9}}""", true, 3, """{"spec":{"cronSpec":"a"},"status":{"replicas":9}}""")]
    public void AStatusSubresource_PartsTheTwo(string before, string written, bool status, long generation, string expected)
    {
        var old = CronTab.Of(before);
        old = old with { Metadata = old.Metadata with { Generation = 3 } };
        var next = (CustomObject)CronTab.Kind().PrepareForUpdate(old with { Content = SchemaValidationTests.Json(written) }, old, status);
        Assert.Equal((generation, expected), (next.Metadata.Generation, next.Content.GetRawText()));
    }

    [Fact]
    public void WithoutAStatusSubresource_AnyChangeMakesAGeneration()
    {
        var old = CronTab.Of("{}", "v1beta1");
        var next = CronTab.Kind("v1beta1").PrepareForUpdate(old with { Content = SchemaValidationTests.Json("""{"spec":{},"status":{"replicas":1}}""") }, old, status: false);
        Assert.Equal(old.Metadata.Generation + 1, next.Metadata.Generation);
        Assert.Equal(1, CronTab.Kind("v1beta1").PrepareForCreate(old).Metadata.Generation);
    }

    [Theory]
    [InlineData("""{"spec":{"cronSpec":"* * * * *","foo":1,"cronSpec":"x"},"bar":{}}""", "duplicate field \"spec.cronSpec\"|unknown field \"bar\"|unknown field \"spec.foo\"")]
    [InlineData("""{"metadata":{"name":"x","nmae":"y"},"spec":{}}""", "unknown field \"metadata.nmae\"")]
    [InlineData("""{"apiVersion":"x","kind":"y","spec":{"replicas":3}}""", "")]
    public void CheckFields_NamesWhatTheSchemaDoesNotKnow(string json, string expected) =>
        Assert.Equal(expected, string.Join('|', StrictDecoding.Check(CronTab.Kind(), Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"cronSpec":"* * * * *","replicas":3}""", "")]
    [InlineData("""{"cronSpec":"* *","replicas":15}""", "spec.cronSpec: Invalid value: \"* *\": spec.cronSpec in body should match '^\\S+( \\S+){4}$'|spec.replicas: Invalid value: 15: spec.replicas in body should be less than or equal to 10")]
    [InlineData("""{"replicas":-1}""", "spec.replicas: Invalid value: -1: spec.replicas in body should be greater than or equal to 1|.spec.replicas: Invalid value: -1: should be a non-negative integer")]
    public void ValidateCreate_ChecksTheSchemaAndTheScale(string spec, string expected) =>
        Assert.Equal(expected, string.Join('|', CronTab.Kind().ValidateCreate(CronTab.Of(spec))));

    [Fact]
    public void ValidateUpdate_WantsTheVersionThatItReplaces()
    {
        var value = CronTab.Of("{}");
        var blind = value with { Metadata = value.Metadata with { ResourceVersion = "" } };
        Assert.Equal("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update", Assert.Single(CronTab.Kind().ValidateUpdate(blind, value)).ToString());
        Assert.Equal("kind: Invalid value: \"Tab\": must be CronTab", Assert.Single(CronTab.Kind().ValidateUpdate(value with { Kind = "Tab" }, value)).ToString());
    }

    [Fact]
    public void AScale_IsReadAndWrittenByItsPaths()
    {
        var value = CronTab.Of("""{"replicas":3}""") with { Content = SchemaValidationTests.Json("""{"spec":{"replicas":3},"status":{"labelSelector":"app=x","replicas":2}}""") };
        Assert.Equal(new ScaleReading(3, 2, "app=x"), CronTab.Kind().Scaling!.Read(value));
        Assert.Equal("""{"spec":{"replicas":7}}""", CronTab.Kind().Scale!.With(CronTab.Of("{}"), 7).Content.GetRawText());
        Assert.False(CronTab.Kind().Scale!.IsIn(CronTab.Of("{}")));
    }

    [Theory]
    [InlineData("metadata.name=c", true)]
    [InlineData("spec.image=nginx", true)]
    [InlineData("spec.image!=nginx,metadata.namespace=default", false)]
    public void FieldSelectors_KnowTheSelectableFields(string selector, bool matches) =>
        Assert.Equal(matches, FieldQuery.Parse(CronTab.Kind(), selector).Matches(CronTab.Of("""{"image":"nginx"}""")));

    [Fact]
    public void FieldSelectors_KnowNoOthers() =>
        Assert.Equal("field label not supported: spec.replicas", Assert.Throws<SelectorException>(() => FieldQuery.Parse(CronTab.Kind(), "spec.replicas=1")).Message);

    [Theory]
    [InlineData("v1 v2 v10 v1beta1 v1beta2 v1alpha1 foo bar v01", "v10 v2 v1 v1beta2 v1beta1 v1alpha1 bar foo v01")]
    public void ThePreferredVersion_ComesFirst(string versions, string expected) =>
        Assert.Equal(expected, string.Join(' ', versions.Split(' ').Order(VersionPriority.Comparer)));
}
