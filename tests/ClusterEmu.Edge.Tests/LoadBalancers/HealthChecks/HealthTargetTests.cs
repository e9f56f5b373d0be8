namespace ClusterEmu.Edge.Tests;

public sealed class HealthTargetTests
{
    [Theory]
    //          nodes  services                    targets
    [InlineData("ff", "", "")]
    [InlineData("ff", "cluster", "172.18.0.2:10256 172.18.0.3:10256")]
    [InlineData("ff", "cluster cluster", "172.18.0.2:10256 172.18.0.3:10256")]
    [InlineData("f", "local cluster local", "172.18.0.2:10256 172.18.0.2:32000")]
    [InlineData("nxf", "local", "172.18.0.4:32000")]
    [InlineData("f", "nodeport", "")]
    [InlineData("f", "pending", "172.18.0.2:10256")]
    public void Of_AreOneForEachNodeAndPort(string nodes, string services, string expected)
    {
        var list = services.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(kind => kind switch
        {
            "local" => Some.Service(local: true),
            "nodeport" => Some.Service(ingress: ""),
            "pending" => Some.Service(ingress: "") with { Balanced = true },
            _ => Some.Service(),
        });
        Assert.Equal(expected, string.Join(' ', HealthTargets.Of(Some.Cluster(nodes).Nodes, list).Select(target => target.Address)));
    }

    [Fact]
    public void Of_IsBounded()
    {
        var nodes = Enumerable.Range(1, 300).Select(i => new EdgeNode($"node-{i}", Some.Ip($"172.18.{i / 250}.{1 + (i % 250)}"), null, Ready: true, Excluded: false));
        Assert.Equal(HealthTargets.MaxNodes, HealthTargets.Of(nodes, [Some.Service()]).Count);
    }
}
