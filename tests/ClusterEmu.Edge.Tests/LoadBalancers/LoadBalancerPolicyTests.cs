namespace ClusterEmu.Edge.Tests;

public sealed class LoadBalancerPolicyTests
{
    [Theory]
    //          case                                            nodes   local  healthy
    [InlineData("all nodes that answer", "fff", false, "node-1 node-2 node-3")]
    [InlineData("a node without endpoints forwards elsewhere", "frf", false, "node-1 node-2 node-3")]
    [InlineData("off, silent, not Ready, excluded", "fosnx", false, "node-1")]
    [InlineData("Local: only nodes with endpoints", "fdr", true, "node-1")]
    [InlineData("Local: none has an endpoint", "ddd", true, "")]
    public void Healthy_AreTheNodesWhoseCheckSucceeds(string because, string nodes, bool local, string expected)
    {
        var service = Some.Service(local);
        var healthy = string.Join(' ', NodeHealth.Healthy(service, Some.Cluster(nodes, service)).Select(node => node.Name));
        Assert.True(expected == healthy, $"{because}: wanted '{expected}', got '{healthy}'");
    }

    [Theory]
    //          nodes  local ranges           to                part of the reason
    [InlineData("fff", false, "", "127.203.0.1:81", "has no TCP port 81")]
    [InlineData("oos", false, "", "127.203.0.1:80", "none of 3 nodes is healthy for default/web: node-1 fails the health check: 172.18.0.2:10256 did not answer within 1 s; ")]
    [InlineData("s", false, "", "127.203.0.1:80", "node-1 has not answered the health check at 172.18.0.2:10256 yet")]
    [InlineData("ddn", true, "", "127.203.0.1:80", "172.18.0.2:32000 answered 503 (no ready endpoint of default/web there")]
    [InlineData("fff", false, "10.0.0.0/8", "127.203.0.1:80", "192.0.2.1 is in none of loadBalancerSourceRanges 10.0.0.0/8")]
    [InlineData("", false, "", "127.203.0.1:80", "none of 0 nodes")]
    public void Choose_DropsWithTheReason(string nodes, bool local, string ranges, string to, string reason)
    {
        var service = Some.Service(local, ranges: ranges);
        var choice = LoadBalancerPolicy.Choose(service, Some.Tcp("192.0.2.1:40000", to), Some.Cluster(nodes, service), null);
        Assert.Null(choice.Node);
        Assert.Contains(reason, choice.Reason);
    }

    [Fact]
    public void Choose_WithoutNodePortsDrops()
    {
        var service = Some.Service(nodePort: 0);
        Assert.Contains("allocateLoadBalancerNodePorts", LoadBalancerPolicy.Choose(service, Some.Tcp("192.0.2.1:4", "127.203.0.1:80"), Some.Cluster("f", service), null).Reason);
    }

    [Fact]
    public void Choose_ByTurnGoesRound()
    {
        var service = Some.Service(ranges: "192.0.2.0/24");
        var cluster = Some.Cluster("fofs", service);
        var chosen = Enumerable.Range(0, 4).Select(turn => LoadBalancerPolicy.Choose(service, Some.Tcp("192.0.2.1:40000", "127.203.0.1:80"), cluster, turn).Node!.Name);
        Assert.Equal(["node-1", "node-3", "node-1", "node-3"], chosen);
    }

    [Fact]
    public void Choose_ByHashSpreadsFlowsAndKeepsEach()
    {
        var service = Some.Service();
        var cluster = Some.Cluster("ffff", service);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var port = 32768; port < 36768; port++)
        {
            var choice = LoadBalancerPolicy.Choose(service, Some.Tcp($"192.0.2.1:{port}", "127.203.0.1:80"), cluster, null);
            Assert.Equal(choice, LoadBalancerPolicy.Choose(service, Some.Tcp($"192.0.2.1:{port}", "127.203.0.1:80"), cluster, null));
            Assert.Equal(30080, choice.Port);
            counts[choice.Node!.Name] = counts.GetValueOrDefault(choice.Node.Name) + 1;
        }
        Assert.Equal(4, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Choose_MovesOnlyTheFlowsOfTheNodeThatLeft()
    {
        var service = Some.Service();
        var (before, after) = (Some.Cluster("ffff", service), Some.Cluster("ffof", service));
        for (var port = 32768; port < 33768; port++)
        {
            var flow = Some.Tcp($"192.0.2.1:{port}", "127.203.0.1:80");
            var old = LoadBalancerPolicy.Choose(service, flow, before, null).Node!.Name;
            var now = LoadBalancerPolicy.Choose(service, flow, after, null).Node!.Name;
            Assert.True(old == "node-3" ? now != "node-3" : old == now, $"port {port}: {old} then {now}");
        }
    }

    [Fact]
    public void Choose_WithClientAffinityIgnoresThePort()
    {
        var service = Some.Service(affinity: true);
        var cluster = Some.Cluster("ffff", service);
        var nodes = Enumerable.Range(32768, 100).Select(port => LoadBalancerPolicy.Choose(service, Some.Tcp($"192.0.2.1:{port}", "127.203.0.1:80"), cluster, port).Node!.Name);
        Assert.Single(nodes.Distinct());
    }
}
