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
            cluster-emu.edge { host-listeners = off, host-listener-nodes = 3, load-balancer { kind = proxy, algorithm = round-robin, health-check { period = 3s, timeout = profile, healthy-threshold = 2, unhealthy-threshold = 4 } } }
            cluster-emu.controllers.profile = fast
            cluster-emu.network.slot = 2
            cluster-emu.outside.hosts = ["a.example.com 203.0.113.30 80/http"]
            cluster-emu.process { name = edge, pki-directory = /pki }
            """));
        Assert.False(options.HostListeners);
        Assert.Equal(3, options.HostListenerNodes);
        Assert.True(options.LoadBalancer is { Proxy: true, RoundRobin: true });
        Assert.Equal(
            new HealthCheckOptions { Period = TimeSpan.FromSeconds(3), Timeout = TimeSpan.FromMilliseconds(500), HealthyThreshold = 2, UnhealthyThreshold = 4 },
            options.LoadBalancer.HealthCheck);
        Assert.Equal("127.20.0.0/16", options.Plan.NodeExternalRange.ToString());
        Assert.Equal("a.example.com", OutsideHost.Parse(Assert.Single(options.OutsideHosts)).Name);
        Assert.Equal("edge", options.Endpoint!.Name);
        Assert.Empty(options.Problems());
    }

    [Theory]
    //          period timeout healthy unhealthy  key
    [InlineData(0, 0, 1, 3, "period is 00:00:00")]
    [InlineData(8, 9, 1, 3, "timeout is 00:00:09, but must be above 0 and at most the period, 00:00:08")]
    [InlineData(8, 1, 0, 3, "healthy-threshold is 0")]
    [InlineData(8, 1, 1, 11, "unhealthy-threshold is 11")]
    public void Problems_OfHealthChecks(int period, int timeout, int healthy, int unhealthy, string expected)
    {
        var check = new HealthCheckOptions
        {
            Period = TimeSpan.FromSeconds(period),
            Timeout = TimeSpan.FromSeconds(timeout),
            HealthyThreshold = healthy,
            UnhealthyThreshold = unhealthy,
        };
        Assert.Contains(new EdgeOptions { LoadBalancer = new LoadBalancerOptions { HealthCheck = check } }.Problems(), problem => problem.Contains($"health-check.{expected}"));
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
