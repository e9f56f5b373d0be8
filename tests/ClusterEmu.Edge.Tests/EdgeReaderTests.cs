using ClusterEmu.Api;

namespace ClusterEmu.Edge.Tests;

public class EdgeReaderTests
{
    [Theory] //  field  annotation  who is let in
    [InlineData("10.0.0.0/8", null, "10.0.0.0/8")]
    [InlineData("10.0.0.0/8", "192.0.2.0/24", "10.0.0.0/8")]
    [InlineData("", "192.0.2.0/24, 198.51.100.0/24", "192.0.2.0/24 198.51.100.0/24")]
    [InlineData("", null, "")]
    public void SourceRanges_AreThoseThatTheNodesGoBy(string field, string? annotation, string expected)
    {
        var annotations = annotation is null ? EmptyMap.Strings : new Dictionary<string, string> { ["service.beta.kubernetes.io/load-balancer-source-ranges"] = annotation };
        var service = EdgeReader.Read(new Service
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web", Annotations = annotations },
            Spec = new ServiceSpec { Type = "LoadBalancer", LoadBalancerSourceRanges = field.Length == 0 ? [] : [field] },
        });
        Assert.Equal(expected, string.Join(' ', service!.SourceRanges));
    }
}
