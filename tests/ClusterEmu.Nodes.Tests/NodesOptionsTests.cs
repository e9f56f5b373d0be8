using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public sealed class NodesOptionsTests
{
    private static readonly NodesOptions Good = new() { Process = "nodes-1" };

    [Fact]
    public void From_ReadsTheConfiguration()
    {
        var options = NodesOptions.From(ConfigurationFactory.ParseString("""
            cluster-emu {
              process { name = nodes-2, pki-directory = /pki }
              cluster { nodes = 6, zones = 2 }
              controllers.profile = fast
              network.slot = 3
              kube-proxy.mode = ipvs
              nodes { first = 4, count = 3, kube-proxy-delays = ["node-5=2s"] }
              outside.hosts = ["DB.example.com 203.0.113.20,203.0.113.21 5432/tcp"]
            }
            """));
        Assert.Equal(("nodes-2", 4, 3, 2, "fast", "ipvs"), (options.Process, options.First, options.Count, options.Zones, options.Profile, options.KubeProxy.Mode));
        Assert.Equal(["node-4", "node-5", "node-6"], options.Machines(1).Select(node => node.Name));
        Assert.Equal(["zone-b", "zone-a", "zone-b"], options.Machines(1).Select(node => node.Zone));
        Assert.Equal(("172.18.0.5", "127.21.0.5"), (options.Machines(1)[0].InternalIP.ToString(), options.Machines(1)[0].ExternalIP.ToString()));
        Assert.Equal([Ip.Parse("203.0.113.20"), Ip.Parse("203.0.113.21")], options.OutsideNames["db.example.com"]);
        Assert.Equal(["", "2s", ""], options.Machines(1).Select(node => node.KubeProxyDelay));
        Assert.Equal("2s", NodeObjects.New(options.Machines(1)[1]).Metadata.Annotations[Registration.KubeProxyDelayAnnotation]);
        Assert.Equal(KubeletTimings.Fast, options.Timings);
        Assert.Empty(options.Problems());
    }

    [Fact]
    public void From_RefusesANameWithoutAddress()
    {
        var error = Assert.Throws<FormatException>(() => NodesOptions.From(ConfigurationFactory.ParseString("cluster-emu.outside.hosts = [\"db.example.com\"]")));
        Assert.Contains("it needs a name, addresses and ports", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, NodesOptions> Wrong => new()
    {
        { "cluster-emu.process.name", Good with { Process = "" } },
        { "cluster-emu.nodes.first", Good with { First = 0 } },
        { "cluster-emu.nodes.count", Good with { Count = 0 } },
        { "cluster-emu.cluster.zones", Good with { Zones = 27 } },
        { "cluster-emu.nodes.cpus", Good with { Cpus = 0 } },
        { "cluster-emu.nodes.memory", Good with { Memory = "much" } },
        { "cluster-emu.nodes.pods", Good with { Pods = 0 } },
        { "cluster-emu.nodes.kube-proxy-delays", Good with { KubeProxyDelays = new Dictionary<string, string> { ["node-1"] = "soon" } } },
        { "cluster-emu.controllers.profile", Good with { Profile = "slow" } },
        { "cluster-emu.network.pod-range", Good with { Count = 300 } },
        { "cluster-emu.kube-proxy.mode", Good with { KubeProxy = new KubeProxyOptions { Mode = "none" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Problems_NameTheKey(string key, NodesOptions options) => Assert.Contains(options.Problems(), problem => problem.StartsWith(key, StringComparison.Ordinal));
}
