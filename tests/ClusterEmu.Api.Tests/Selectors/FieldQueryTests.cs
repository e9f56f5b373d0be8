namespace ClusterEmu.Api.Tests;

public class FieldQueryTests
{
    private static readonly Pod Web = new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "shop" },
        Spec = new PodSpec { NodeName = "node-1" },
        Status = new PodStatus { Phase = "Running" },
    };

    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=web", true)]
    [InlineData("metadata.name==web,status.phase!=Failed", true)]
    [InlineData("metadata.name!=web", false)]
    [InlineData("spec.nodeName=node-1,status.phase=Pending", false)]
    [InlineData("spec.host=node-1", true)]
    [InlineData("spec.hostNetwork=false,,", true)]
    [InlineData("status.podIP=", true)]
    public void Matches(string selector, bool matches) => Assert.Equal(matches, FieldQuery.Parse(Kinds.Pod, selector).Matches(Web));

    [Theory]
    [InlineData("endpoints", "spec.nosuch=x", "\"spec.nosuch\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("pods", "spec.nosuch=x", "field label not supported: spec.nosuch")]
    [InlineData("pods", "metadata.name", "invalid selector: 'metadata.name'; can't understand 'metadata.name'")]
    [InlineData("pods", @"metadata.name=a\b", @"invalid field selector: invalid escape sequence: \b")]
    [InlineData("pods", @"metadata.name=a=b", "invalid field selector: unescaped character in value: 61")]
    public void OtherFieldsAreRefused(string plural, string selector, string message) =>
        Assert.Equal(message, Assert.Throws<SelectorException>(() => FieldQuery.Parse(KindCatalog.Find("", "v1", plural)!, selector)).Message);

    [Fact]
    public void TheConditionOnOneFieldCanBeAskedFor()
    {
        var query = FieldQuery.Parse(Kinds.Pod, @"spec.nodeName=a\,b,status.phase!=Failed");
        Assert.Equal("a,b", query.Required("spec.nodeName"));
        Assert.Null(query.Required("status.phase"));
        Assert.Equal(@"spec.nodeName=a\,b,status.phase!=Failed", query.ToString());
    }

    [Fact]
    public void EveryKindOffersItsNameAndNamespace() =>
        Assert.All(KindCatalog.All, kind => Assert.Equal(["metadata.name", "metadata.namespace"], kind.FieldLabels.Take(2)));
}
