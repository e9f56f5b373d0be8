using ClusterEmu.Cli.Roles;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane;
using ClusterEmu.Edge;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Cli.Tests.Configuration;

/// <summary>What hocon/reference.conf says is what the records say: nobody gets other values by loading it.</summary>
public sealed class ReferenceDefaultsTests
{
    private static readonly Config Reference = ClusterConfiguration.Load(RoleProcess.ReferenceText(), file: null);

    [Fact]
    public void TheProgramHoldsTheFileOfTheCheckout() => Assert.Equal(Checkout.Read("hocon/reference.conf"), RoleProcess.ReferenceText());

    [Fact]
    public void ControlPlane() => Assert.Equal(new ControlPlaneOptions(), ControlPlaneOptions.From(Reference));

    [Fact]
    public void Controllers() => Assert.Equal(new ControllerOptions(), ControllerOptions.From(Reference));

    [Fact]
    public void Controllers_OfTheFastProfileKeepItsTimes()
    {
        var fast = ConfigurationFactory.ParseString("cluster-emu.controllers.profile = fast").WithFallback(Reference);
        Assert.Equal(ControllerOptions.Fast, ControllerOptions.From(fast));
        Assert.Equal(KubeletTimings.Fast, NodesOptions.From(fast).Timings);
    }

    [Fact]
    public void Fabric() => Assert.Equal(new FabricOptions(), FabricOptions.From(Reference));

    [Fact]
    public void ProcessEndpoint() => Assert.Equal(new ProcessEndpointOptions(), ProcessEndpointOptions.From(Reference));

    [Fact]
    public void KubeProxies() => Assert.Equal(new KubeProxyOptions(), KubeProxyOptions.From(Reference));

    [Fact]
    public void Addresses() => Assert.Equal(AddressPlan.ForSlot(0, ClusterAddresses.Nodes(Reference)), ClusterAddresses.From(Reference));

    [Fact]
    public void Nodes()
    {
        var read = NodesOptions.From(Reference);
        var usual = new NodesOptions();
        Assert.Empty(read.KubeProxyDelays);
        Assert.Equal(["api.example.com", "db.example.com"], read.OutsideNames.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(usual, read with { OutsideNames = usual.OutsideNames, KubeProxyDelays = usual.KubeProxyDelays, Endpoint = null });
    }

    [Fact]
    public void Edge()
    {
        var read = EdgeOptions.From(Reference);
        var usual = new EdgeOptions();
        Assert.Equal(usual.OutsideHosts, read.OutsideHosts);
        Assert.Equal(usual, read with { OutsideHosts = usual.OutsideHosts, Endpoint = null });
    }
}
