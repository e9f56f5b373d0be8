namespace ClusterEmu.Api.Tests;

public class CustomKindsTests
{
    [Fact]
    public void EstablishedDefinitions_AddTheirKinds()
    {
        var kinds = CustomKinds.None.With(CronTab.Established());
        Assert.Equal(["v1", "v1beta1"], kinds.Served.All.OfType<CustomKind>().Select(kind => kind.Version));
        Assert.Same(kinds.Served.Find("stable.example.com", "v1", "crontabs"), kinds.Served.ByAnyName("ct"));
        Assert.Equal("v1", Assert.Single(kinds.Preferred).Version);
        Assert.Empty(kinds.Without("crontabs.stable.example.com").Served.All.OfType<CustomKind>());
        Assert.Same(KindCatalog.BuiltIn, CustomKinds.None.With(CronTab.Read()).Served); // Not established yet.
    }

    [Fact]
    public void AChangeOfNothingThatIsServed_ChangesNothing()
    {
        var definition = CronTab.Established();
        var kinds = CustomKinds.None.With(definition);
        Assert.Same(kinds, kinds.With(definition with { Metadata = definition.Metadata with { ResourceVersion = "9", Labels = new Dictionary<string, string> { ["a"] = "b" } } }));
        Assert.NotSame(kinds, kinds.With(definition with { Metadata = definition.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } }));
    }

    [Fact]
    public void AKindIsFoundAgain_AfterItsSchemaChanged_AndNotAfterItsVersionWent()
    {
        var old = CronTab.Kind("v1beta1");
        var definition = CronTab.Established();
        var kinds = CustomKinds.None.With(definition with { Spec = definition.Spec with { Names = definition.Spec.Names with { Categories = ["all"] } } });
        Assert.NotSame(old, kinds.Find(old));
        Assert.True(kinds.Find(old)!.IsSuccessorOf(old));
        Assert.Null(kinds.With(definition with { Spec = definition.Spec with { Versions = [definition.Spec.Versions[0]] } }).Find(old));
    }

    [Fact]
    public void ABuiltInKind_KeepsItsPlace()
    {
        var json = CronTab.Definition.Replace("stable.example.com", "apiextensions.k8s.io", StringComparison.Ordinal).Replace("crontabs", "customresourcedefinitions", StringComparison.Ordinal);
        Assert.Same(Kinds.CustomResourceDefinition, CustomKinds.None.With(CronTab.Established(json)).Served.Find("apiextensions.k8s.io", "v1", "customresourcedefinitions"));
    }

    [Fact]
    public void TwoThatClaimOneKind_DoNotBringTheServerDown()
    {
        var other = CronTab.Established(CronTab.Definition.Replace("crontabs", "tabs", StringComparison.Ordinal));
        var kinds = CustomKinds.Of([CronTab.Established(), other]);
        Assert.Equal("crontabs", kinds.Served.ByKind("stable.example.com/v1", "CronTab")!.Plural);
    }

    [Theory]
    [InlineData("crontabs.stable.example.com", true)]
    [InlineData("deployments.apps", false)]
    [InlineData("pods", false)]
    public void StoredForms_AreKnownByName(string resource, bool known)
    {
        Assert.Equal(known, CustomStorage.TryOf(resource, out var storage));
        if (known) Assert.Equal(resource, storage!.QualifiedPlural);
    }

    [Fact]
    public void OpenApi_DescribesCustomKinds()
    {
        var documents = new OpenApiDocuments(CustomKinds.None.With(CronTab.Established()).Served);
        var third = System.Text.Json.Nodes.JsonNode.Parse(documents.V3("stable.example.com", "v1")!)!;
        var schema = third["components"]!["schemas"]!["com.example.stable.v1.CronTab"]!;
        Assert.Equal("busybox", (string?)schema["properties"]!["spec"]!["properties"]!["image"]!["default"]);
        Assert.Equal("CronTab", (string?)schema["x-kubernetes-group-version-kind"]![0]!["kind"]);
        Assert.NotNull(third["paths"]!["/apis/stable.example.com/v1/namespaces/{namespace}/crontabs/{name}/scale"]);
        var second = System.Text.Json.Nodes.JsonNode.Parse(documents.V2())!["definitions"]!["com.example.stable.v1.CronTab"]!;
        Assert.Null(second["properties"]!["spec"]!["properties"]!["image"]!["default"]);
    }
}
