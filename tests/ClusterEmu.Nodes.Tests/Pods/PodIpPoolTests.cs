using ClusterEmu.Api;
using ClusterEmu.Network;
using static ClusterEmu.Nodes.Tests.PodSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class PodIpPoolTests
{
    [Fact]
    public void Take_GivesTheLowestFreeAddressFromTwo()
    {
        var pool = new PodIpPool(Cidr.Parse("172.17.3.0/24"));
        Assert.Equal(["172.17.3.2", "172.17.3.3"], new[] { pool.Take(), pool.Take() }.Select(ip => ip.ToString()));
        pool.Release(Ip.Parse("172.17.3.2"));
        Assert.Equal("172.17.3.2", pool.Take().ToString());
    }

    [Fact]
    public void Take_EndsBeforeTheBroadcastAddress()
    {
        var pool = new PodIpPool(Cidr.Parse("10.0.0.0/29"));
        Assert.Equal(5, pool.Capacity);
        for (var i = 0; i < pool.Capacity; i++) Assert.NotNull(pool.Take());
        Assert.Null(pool.Take());
        Assert.EndsWith("no IP addresses available in range set: 10.0.0.1-10.0.0.6", pool.ExhaustedMessage);
    }

    [Theory]
    [InlineData("172.17.3.9", true)]
    [InlineData("172.17.3.1", false)]
    [InlineData("172.17.4.9", false)]
    public void TryTake_AdoptsItsOwnAddressesOnce(string ip, bool taken)
    {
        var pool = new PodIpPool(Cidr.Parse("172.17.3.0/24"));
        Assert.Equal(taken, pool.TryTake(Ip.Parse(ip)));
        Assert.False(pool.TryTake(Ip.Parse(ip)));
    }

    [Theory] // dnsPolicy, host network, file
    [InlineData("ClusterFirst", false, "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n")]
    [InlineData("ClusterFirst", true, "nameserver 10.96.0.10\n")]
    [InlineData("ClusterFirstWithHostNet", true, "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n")]
    [InlineData("Default", false, "nameserver 10.96.0.10\n")]
    [InlineData("None", false, "search example.com\nnameserver 192.0.2.53\noptions ndots:2\n")]
    public void ResolvConf_FollowsThePolicy(string policy, bool host, string expected)
    {
        var pod = Pod();
        pod = pod with
        {
            Spec = pod.Spec with
            {
                DnsPolicy = policy,
                HostNetwork = host,
                DnsConfig = policy != "None" ? null : new PodDNSConfig
                {
                    Nameservers = ["192.0.2.53"],
                    Searches = ["example.com"],
                    Options = [new PodDNSConfigOption { Name = "ndots", Value = "2" }],
                },
            },
        };
        Assert.Equal(expected, ResolvConf.For(pod, "10.96.0.10", "cluster.local").ToString());
    }
}
