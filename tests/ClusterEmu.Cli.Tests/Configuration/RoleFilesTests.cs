using ClusterEmu.Cli.Roles;
using ClusterEmu.ControlPlane;
using ClusterEmu.Edge;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Nodes;

namespace ClusterEmu.Cli.Tests.Configuration;

/// <summary>What each role's file makes of the environment.</summary>
public sealed class RoleFilesTests
{
    private static readonly Dictionary<string, string> Container = new(StringComparer.Ordinal)
    {
        ["CLUSTEREMU_CLUSTER"] = "far",
        ["CLUSTEREMU_NODES"] = "9",
        ["CLUSTEREMU_ZONES"] = "2",
        ["CLUSTEREMU_PROFILE"] = "fast",
        ["CLUSTEREMU_NODE_EXTERNAL_RANGE"] = "198.51.100.0/24",
        ["CLUSTEREMU_LOAD_BALANCER_RANGE"] = "203.0.114.0/24",
        ["CLUSTEREMU_PKI"] = "/pki",
        ["CLUSTEREMU_LISTEN"] = "0.0.0.0",
        ["CLUSTEREMU_HOST"] = "here",
        ["CLUSTEREMU_API_PORT"] = "7443",
        ["CLUSTEREMU_STATE"] = "/state",
        ["CLUSTEREMU_PROCESS"] = "nodes-7",
        ["CLUSTEREMU_FIRST_NODE"] = "4",
        ["CLUSTEREMU_NODE_COUNT"] = "5",
        ["CLUSTEREMU_PROXY_MODE"] = "ipvs",
        ["CLUSTEREMU_API_SERVER"] = "https://there:7443",
        ["CLUSTEREMU_FABRIC_PORT"] = "7001",
        ["CLUSTEREMU_ENDPOINT_PORT"] = "7002",
        ["CLUSTEREMU_HOST_LISTENERS"] = "off",
    };

    [Fact]
    public void WithoutVariables_TheFilesMakeAClusterOnThisMachine()
    {
        var (controlPlane, nodes, edge) = (Load("control-plane.conf", []), Load("nodes.conf", []), Load("edge.conf", []));
        Assert.Equal(new ControlPlaneOptions { ListenPort = 6443, PkiDirectory = "pki" }, ControlPlaneOptions.From(controlPlane));
        var fabric = new FabricOptions { PkiDirectory = "pki", ApiServer = "127.0.0.1:6443" };
        Assert.Equal(fabric, FabricOptions.From(nodes));
        Assert.Equal(fabric, FabricOptions.From(edge));
        Assert.Equal(new ProcessEndpointOptions { Name = "nodes-1", PkiDirectory = "pki" }, ProcessEndpointOptions.From(nodes));
        Assert.Equal(new ProcessEndpointOptions { Name = "edge", PkiDirectory = "pki" }, ProcessEndpointOptions.From(edge));
        Assert.Equal((1, 3), (NodesOptions.From(nodes).First, NodesOptions.From(nodes).Count));
        Assert.Empty(Problems(controlPlane, nodes, edge));
    }

    [Fact]
    public void EveryVariable_HasItsEffect()
    {
        var (controlPlane, nodes, edge) = (Load("control-plane.conf", Container), Load("nodes.conf", Container), Load("edge.conf", Container));
        Assert.Equal(
            new ControlPlaneOptions { ListenAddress = "0.0.0.0", ListenPort = 7443, AdvertisedHost = "here", StateDirectory = "/state", PkiDirectory = "/pki" },
            ControlPlaneOptions.From(controlPlane));
        Assert.Equal("203.0.114.0/24", ControllerOptions.From(controlPlane).LoadBalancerRange.ToString());
        Assert.Equal(ControllerOptions.Fast.NodeGrace, ControllerOptions.From(controlPlane).NodeGrace);
        Assert.Equal("far", controlPlane.GetString("cluster-emu.cluster.name"));
        foreach (var config in (Config[])[nodes, edge])
        {
            Assert.Equal(new FabricOptions { ListenAddress = "0.0.0.0", Port = 7001, AdvertisedHost = "here", PkiDirectory = "/pki", ApiServer = "there:7443" }, FabricOptions.From(config));
            Assert.Equal(new ProcessEndpointOptions { Name = "nodes-7", ListenAddress = "0.0.0.0", Port = 7002, AdvertisedHost = "here", PkiDirectory = "/pki" }, ProcessEndpointOptions.From(config));
        }
        var machines = NodesOptions.From(nodes);
        Assert.Equal((4, 5, 2, "ipvs", "198.51.100.5"), (machines.First, machines.Count, machines.Zones, machines.KubeProxy.Mode, machines.Machines(1)[0].ExternalIP.ToString()));
        Assert.Equal((false, "198.51.100.0/24"), (EdgeOptions.From(edge).HostListeners, EdgeOptions.From(edge).Plan.NodeExternalRange.ToString()));
        Assert.Equal(9, Client.ClusterAddresses.Nodes(edge));
        Assert.Empty(Problems(controlPlane, nodes, edge));
    }

    [Fact]
    public void TheVariablesAbove_AreAllThereAre() => Assert.Equal(
        Container.Keys.Order(StringComparer.Ordinal),
        Directory.GetFiles(Checkout.Hocon, "*.conf").SelectMany(file => Checkout.Variables(File.ReadAllText(file))).Where(name => name.StartsWith("CLUSTEREMU_", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Problems(Config controlPlane, Config nodes, Config edge) =>
    [
        .. ControlPlaneOptions.From(controlPlane).Problems(), .. ControllerOptions.From(controlPlane).Problems(), .. Client.ClusterAddresses.Problems(controlPlane),
        .. NodesOptions.From(nodes).Problems(), .. FabricOptions.From(nodes).Problems(), .. EdgeOptions.From(edge).Problems(), .. FabricOptions.From(edge).Problems(),
    ];

    private static Config Load(string name, Dictionary<string, string> variables)
    {
        var reference = ClusterConfiguration.Load(RoleProcess.ReferenceText(), file: null);
        var own = ClusterConfiguration.Parse(HoconFiles.Read(Path.Combine(Checkout.Hocon, name), variable => variables.GetValueOrDefault(variable)), name);
        Assert.Empty(ConfigurationKeys.Unknown(own, reference));
        return own.WithFallback(reference);
    }
}
