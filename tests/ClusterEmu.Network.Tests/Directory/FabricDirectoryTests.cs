namespace ClusterEmu.Network.Tests;

public class FabricDirectoryTests
{
    private static readonly AddressPlan Plan = new();

    private static FabricNode Node(int number, string process = "nodes-1") => new(
        $"node-{number}", process, [Plan.NodeInternal(number)], [Plan.NodeExternal(number)], [Plan.NodePods(number)], "zone-a", true);

    private static readonly FabricDirectory Two = new(1, Plan,
        [Node(2, "nodes-2"), Node(1), Node(3, "nodes-9"), Node(4, "")],
        [new("edge", "edge", "127.0.0.1", 4003), new("nodes-1", "nodes", "127.0.0.1", 4001), new("nodes-2", "nodes", "127.0.0.1", 4002),
            new("control-plane", "control-plane", "127.0.0.1", 4000)]);

    [Theory] //  destination       way                               node      port   arrives at
    [InlineData("172.18.0.1", FabricRouteKind.ToControlPlane, "", 4000, "172.18.0.1")]
    [InlineData("172.18.0.2", FabricRouteKind.ToNode, "node-1", 4001, "172.18.0.2")]
    [InlineData("172.18.0.3", FabricRouteKind.ToNode, "node-2", 4002, "172.18.0.3")]
    [InlineData("172.17.0.5", FabricRouteKind.ToNode, "node-1", 4001, "172.17.0.5")]
    [InlineData("172.17.1.255", FabricRouteKind.ToNode, "node-2", 4002, "172.17.1.255")]
    [InlineData("127.18.0.3", FabricRouteKind.ToNodeThroughEdge, "node-2", 4002, "172.18.0.3")]
    [InlineData("127.203.0.1", FabricRouteKind.ToEdge, "", 4003, "127.203.0.1")]
    [InlineData("203.0.113.10", FabricRouteKind.ToEdge, "", 4003, "203.0.113.10")]
    [InlineData("172.17.2.9", FabricRouteKind.ToNode, "node-3", 0, "172.17.2.9")]
    [InlineData("172.18.0.5", FabricRouteKind.ToNode, "node-4", 0, "172.18.0.5")]
    [InlineData("10.96.0.10", FabricRouteKind.Nowhere, "", 0, "10.96.0.10")]
    [InlineData("172.17.200.1", FabricRouteKind.Nowhere, "", 0, "172.17.200.1")]
    [InlineData("172.18.9.9", FabricRouteKind.Nowhere, "", 0, "172.18.9.9")]
    public void RouteTo_FindsTheOwner(string destination, FabricRouteKind kind, string node, int port, string arrives)
    {
        var route = Two.RouteTo(Ip.Parse(destination));
        Assert.Equal((kind, node, port, arrives), (route.Kind, route.Node, route.Peer?.Port ?? 0, route.Destination.ToString()));
        Assert.Contains(destination, route.Reason);
    }

    [Fact]
    public void RouteTo_SaysWhyNoProcessIsKnown()
    {
        Assert.Contains("nodes-9 has not registered", Two.RouteTo(Ip.Parse("172.18.0.4")).Reason);
        Assert.Contains("clusteremu.io/process", Two.RouteTo(Ip.Parse("172.18.0.5")).Reason);
        Assert.Contains("no edge process", FabricDirectory.EmptyOf(Plan).RouteTo(Ip.Parse("203.0.113.10")).Reason);
    }

    [Fact]
    public void FindOwner_TakesPodsAndNodes()
    {
        Assert.Equal("node-2", Two.FindOwner(Ip.Parse("172.17.1.7"))?.Name);
        Assert.Equal("node-1", Two.FindOwner(Ip.Parse("172.18.0.2"))?.Name);
        Assert.Null(Two.FindOwner(Ip.Parse("203.0.113.10")));
    }
}
