using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

public sealed class HostListenerPlanTests
{
    [Theory]
    //          nodes  local  listeners
    [InlineData("frd", false, "127.18.0.2:30080 Open, 127.18.0.3:30080 Closed, 127.18.0.4:30080 Silent, 127.203.0.1:80 Open")]
    [InlineData("os", false, "127.18.0.2:30080 Silent, 127.18.0.3:30080 Silent, 127.203.0.1:80 Silent")]
    [InlineData("rr", false, "127.18.0.2:30080 Closed, 127.18.0.3:30080 Closed, 127.203.0.1:80 Closed")]
    [InlineData("d", true, "127.18.0.2:30080 Silent, 127.203.0.1:80 Silent")]
    [InlineData("n", false, "127.18.0.2:30080 Open, 127.203.0.1:80 Silent")]
    [InlineData("", false, "127.203.0.1:80 Silent")]
    public void Of_MirrorsWhatNodesAnswer(string nodes, bool local, string expected)
    {
        var plan = HostListenerPlan.Of(Some.Cluster(nodes, Some.Service(local)), 16, new AddressPlan());
        Assert.Equal(expected, string.Join(", ", plan.Select(endpoint => $"{endpoint.Address} {endpoint.State}")));
        Assert.All(plan, endpoint => Assert.Equal(("default/web", IpProtocol.Tcp), (endpoint.Service, endpoint.Protocol)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(16, 4)]
    public void Of_ListensForTheFirstNodesOnly(int maxNodes, int expected) =>
        Assert.Equal(expected, HostListenerPlan.Of(Some.Cluster("fff", Some.Service()), maxNodes, new AddressPlan()).Count);

    [Fact]
    public void Of_LeavesOutAddressesThatAreNotTheHosts() =>
        Assert.Empty(HostListenerPlan.Of(Some.Cluster("f", Some.Service(ingress: "203.0.113.80")), 0, new AddressPlan()));

    [Fact]
    public void Of_TakesTheExternalRangesForTheHosts() => Assert.Equal(
        "203.0.113.80:80",
        Assert.Single(HostListenerPlan.Of(Some.Cluster("f", Some.Service(ingress: "203.0.113.80")), 0, new AddressPlan { LoadBalancerRange = Cidr.Parse("203.0.113.0/24") })).Address.ToString());

    [Theory]
    [InlineData("127.18.0.2:30080", "127.18.0.2:30080 127.18.0.2:40080 127.0.0.1:0")]
    [InlineData("127.203.0.1:80", "127.203.0.1:80 127.203.0.1:10080 127.0.0.1:0")]
    [InlineData("127.18.0.2:60000", "127.18.0.2:60000 127.0.0.1:0")]
    public void Fallbacks_AreTheShiftedPortThenAFreeOne(string wanted, string expected) =>
        Assert.Equal(expected, string.Join(' ', FallbackPlaces.For(Some.At(wanted))));

    [Fact]
    public void Describe_NamesOnlyWhatMoved() => Assert.Equal(
        "127.18.0.2:53/udp=127.18.0.2:10053,127.203.0.1:80/tcp=127.0.0.1:41000",
        FallbackPlaces.Describe([
            (IpProtocol.Tcp, Some.At("127.203.0.1:80"), Some.At("127.0.0.1:41000")),
            (IpProtocol.Tcp, Some.At("127.18.0.2:30080"), Some.At("127.18.0.2:30080")),
            (IpProtocol.Udp, Some.At("127.18.0.2:53"), Some.At("127.18.0.2:10053")),
        ]));
}
