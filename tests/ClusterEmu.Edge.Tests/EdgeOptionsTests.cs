using ClusterEmu.Fabric;

namespace ClusterEmu.Edge.Tests;

public sealed class EdgeOptionsTests
{
    [Fact]
    public void Defaults_HaveNoProblems() => Assert.Empty(new EdgeOptions().Problems());

    [Fact]
    public void From_ReadsEveryKey()
    {
        var options = EdgeOptions.From(ConfigurationFactory.ParseString("""
            cluster-emu.edge { host-listeners = off, host-listener-nodes = 3, load-balancer { kind = proxy, algorithm = round-robin } }
            cluster-emu.network.slot = 2
            cluster-emu.outside.hosts = ["a.example.com 203.0.113.30 80/http"]
            cluster-emu.process { name = edge, pki-directory = /pki }
            """));
        Assert.False(options.HostListeners);
        Assert.Equal(3, options.HostListenerNodes);
        Assert.True(options.LoadBalancer is { Proxy: true, RoundRobin: true });
        Assert.Equal("127.20.0.0/16", options.Plan.NodeExternalRange.ToString());
        Assert.Equal("a.example.com", OutsideHost.Parse(Assert.Single(options.OutsideHosts)).Name);
        Assert.Equal("edge", options.Endpoint!.Name);
        Assert.Empty(options.Problems());
    }

    [Fact]
    public void Problems_NameKeyAndRemedy()
    {
        var problems = new EdgeOptions
        {
            HostListenerNodes = -1,
            LoadBalancer = new LoadBalancerOptions { Kind = "magic", Algorithm = "luck" },
            OutsideHosts = ["nonsense"],
        }.Problems().ToList();
        Assert.Equal(4, problems.Count);
        Assert.Contains("host-listener-nodes is -1", problems[0]);
        Assert.Contains("must be pass-through or proxy", problems[1]);
        Assert.Contains("must be flow-hash or round-robin", problems[2]);
        Assert.Contains("cluster-emu.outside.hosts: 'nonsense'", problems[3]);
    }
}
