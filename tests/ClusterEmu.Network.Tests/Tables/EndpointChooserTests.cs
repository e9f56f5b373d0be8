using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests;

public class EndpointChooserTests
{
    private static ServicePortTable Compile(Service service, string pods, bool hints = false) =>
        ServiceCompiler.Compile(service, [Some.Slice(pods, hints: hints)]).Ports[0];

    private static string Names(IEnumerable<TableEndpoint> endpoints) => string.Join(' ', endpoints.Select(e => e.Pod["default/".Length..]));

    [Theory] //  case                                         endpoints          usable    any
    [InlineData("the ready ones", "a@1 b@2! c@3", "a c", true)]
    [InlineData("none ready, one terminating serves", "a@1! b@2~ c@3-", "b", true)]
    [InlineData("a ready one beats a terminating one", "a@1 b@2~", "a", true)]
    [InlineData("nothing serves", "a@1! c@3-", "", false)]
    [InlineData("no endpoints", "", "", false)]
    public void Cluster_FollowsConditions(string because, string pods, string usable, bool any)
    {
        var choices = Compile(Some.Service(), pods).Choices;
        Assert.True(usable == Names(choices.ForCluster("node-1", "zone-a")), because);
        Assert.Equal(any, choices.HasAny);
    }

    [Theory] //  case                                     endpoints      node      local
    [InlineData("own ready ones", "a@1 b@1! c@2", "node-1", "a")]
    [InlineData("own terminating one that serves", "a@1~ c@2", "node-1", "a")]
    [InlineData("own ready beats own terminating", "a@1~ b@1", "node-1", "b")]
    [InlineData("nothing here", "a@1 c@2", "node-3", "")]
    [InlineData("here, but not serving", "a@1! c@2", "node-1", "")]
    public void Local_IsTheNodesOwn(string because, string pods, string node, string local)
    {
        var service = Some.Service().With(s => s with { InternalTrafficPolicy = "Local" });
        Assert.True(local == Names(Compile(service, pods).Choices.ForLocal(node)), because);
    }

    [Theory] //  case                                       endpoints       zone      usable
    [InlineData("the zone's own", "a@1 b@2 c@3", "zone-a", "a c")]
    [InlineData("the other zone's own", "a@1 b@2 c@3", "zone-b", "b")]
    [InlineData("a zone without endpoints uses all", "a@1 b@2 c@3", "zone-c", "a b c")]
    [InlineData("a node without zone uses all", "a@1 b@2 c@3", "", "a b c")]
    [InlineData("none ready in the zone: all", "a@1! b@2 c@3!", "zone-a", "b")]
    public void Hints_KeepTrafficInTheZone(string because, string pods, string zone, string usable)
    {
        var names = Names(Compile(Some.Service(), pods, hints: true).Choices.ForCluster("node-9", zone));
        Assert.True(usable == names, $"{because}: {names}");
    }

    [Fact]
    public void Hints_CountOnlyIfEveryReadyEndpointHasOne()
    {
        var table = ServiceCompiler.Compile(Some.Service(), [Some.Slice("a@1 b@2", hints: true), Some.Slice("c@3", name: "web-2")]).Ports[0];
        Assert.Equal("a b c", Names(table.Choices.ForCluster("node-1", "zone-a")));
        Assert.False(table.DependsOnNode);
    }

    [Theory] //  case                          endpoints           node, zone            keys (h, z, *)  usable
    [InlineData("same node", "a@1 b@1 c@2", "node-1", "zone-a", "h z *", "a b")]
    [InlineData("same zone", "a@1 b@3 c@2", "node-5", "zone-a", "h z *", "a b")]
    [InlineData("any", "a@1 c@3", "node-2", "zone-b", "h z *", "a c")]
    [InlineData("none without *", "a@1 c@3", "node-2", "zone-b", "h z", "")]
    [InlineData("node only", "a@1 c@3", "node-2", "zone-b", "h", "")]
    [InlineData("zone before node", "a@1 b@3", "node-1", "zone-a", "z h *", "a b")]
    [InlineData("* first ends it", "a@1 c@2", "node-1", "zone-a", "* h", "a c")]
    public void TopologyKeys_AreTriedInOrder(string because, string pods, string node, string zone, string keys, string usable)
    {
        var service = Some.Service().With(s => s with
        {
            TopologyKeys = [.. keys.Split(' ').Select(k => k switch { "h" => "kubernetes.io/hostname", "z" => "topology.kubernetes.io/zone", _ => "*" })],
        });
        var names = Names(Compile(service, pods).Choices.ForCluster(node, zone));
        Assert.True(usable == names, $"{because}: {names}");
    }
}
