using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class NodePodRangesTests
{
    [Theory] // node, ranges taken; range given
    [InlineData("node-1", "", "172.17.0.0/24")]
    [InlineData("node-3", "", "172.17.2.0/24")]
    [InlineData("node-3", "172.17.2.0/24", "172.17.0.0/24")]
    [InlineData("worker", "172.17.0.0/24 172.17.2.0/24", "172.17.1.0/24")]
    [InlineData("node-9999", "172.17.0.0/24", "172.17.1.0/24")]
    public void ANodeGetsTheRangeOfItsNumberOrTheLowestFree(string name, string taken, string expected) =>
        Assert.Equal(expected, NodePodRanges.Choose(NodeNamed(name), new ControllerOptions(), taken.Split(' ').ToHashSet()));

    [Fact]
    public void BothFieldsAreWrittenAndOnceOnly()
    {
        var node = (Node)NodePodRanges.Plan(NodeNamed("node-2"), new ControllerOptions(), new HashSet<string>()).Calls.Single().Body!;
        Assert.Equal(("172.17.1.0/24", "172.17.1.0/24"), (node.Spec.PodCIDR, node.Spec.PodCIDRs.Single()));
        Assert.Empty(NodePodRanges.Plan(node, new ControllerOptions(), new HashSet<string>()).Calls);
    }

    [Fact]
    public void WithoutAFreeRangeTheNodeIsToldSo()
    {
        var options = new ControllerOptions { PodRange = Cidr.Parse("172.17.0.0/24"), NodePodPrefix = 25 };
        var plan = NodePodRanges.Plan(NodeNamed("node-3"), options, new HashSet<string> { "172.17.0.0/25", "172.17.0.128/25" });
        Assert.Equal("CIDRNotAvailable", plan.Events.Single().Reason);
        Assert.NotNull(plan.LookAgainAfter);
    }

    private static Node NodeNamed(string name) => new() { Metadata = new ObjectMeta { Name = name } };
}
