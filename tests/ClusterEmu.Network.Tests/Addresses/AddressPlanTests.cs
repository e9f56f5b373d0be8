namespace ClusterEmu.Network.Tests;

public class AddressPlanTests
{
    [Fact]
    public void Defaults_GiveTheAddressesOfTheDesign()
    {
        var plan = AddressPlan.ForSlot(1, nodes: 3);
        Assert.Equal(
            "172.18.0.1 10.96.0.1 10.96.0.10 172.18.0.2 127.19.0.2 172.17.0.0/24 172.17.2.0/24 127.204.0.1",
            string.Join(' ', plan.ControlPlane, plan.KubernetesService, plan.DnsService, plan.NodeInternal(1), plan.NodeExternal(1),
                plan.NodePods(1), plan.NodePods(3), plan.LoadBalancer(1)));
        Assert.Empty(AddressPlanRules.Problems(plan, 3));
    }

    [Fact]
    public void ManyNodes_GetTheWidePodRange()
    {
        var plan = AddressPlan.ForSlot(0, nodes: 5000);
        Assert.Equal("10.128.0.0/9", plan.PodRange.ToString());
        Assert.Empty(AddressPlanRules.Problems(plan, 5000));
    }

    public static TheoryData<string, AddressPlan, int, string> Refused => new()
    {
        { "Pods over Services", new AddressPlan { PodRange = Cidr.Parse("10.0.0.0/8") }, 3,
            "they share 10.96.0.0–10.111.255.255, 1048576 addresses" },
        { "Pods too few for the nodes", new AddressPlan { PodRange = Cidr.Parse("172.17.0.0/23") }, 3,
            "holds 2^(24-23) = 2 ranges of /24, but 3 nodes need one each. Use a /22 or wider range" },
        { "Pods narrower than one node's part", new AddressPlan { PodRange = Cidr.Parse("172.17.0.0/25") }, 1, "0 (it is narrower than one)" },
        { "Services too many", new AddressPlan { ServiceRange = Cidr.Parse("10.0.0.0/11") }, 3, "at most 2^20 = 1048576" },
        { "Services too few", new AddressPlan { ServiceRange = Cidr.Parse("10.96.0.0/28") }, 3, "2^(32-28) = 16 addresses, but 32 are needed" },
        { "nodes too many", new AddressPlan { NodeRange = Cidr.Parse("172.18.0.0/29") }, 6, "8 addresses, but 9 are needed" },
        { "Pod prefix of a single address", new AddressPlan { NodePodPrefix = 32 }, 3, "must be 1 to 30" },
        { "Pod loopback taken", new AddressPlan { LoadBalancerRange = Cidr.Parse("127.0.0.0/16") }, 3, "loopback addresses inside Pods" },
        { "IPv6", new AddressPlan { ServiceRange = Cidr.Parse("fd00::/112") }, 3, "only IPv4" },
        { "too few for load balancers", new AddressPlan { LoadBalancerRange = Cidr.Parse("127.203.0.0/32") }, 3, "Use a /30" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Problems_ShowTheArithmetic(string because, AddressPlan plan, int nodes, string wanted)
    {
        var problem = Assert.Single(AddressPlanRules.Problems(plan, nodes));
        Assert.True(problem.Contains(wanted, StringComparison.Ordinal), $"{because}: {problem}");
    }
}
