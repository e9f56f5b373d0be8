using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class NodeIpamControllerTests
{
    private const string First = "172.17.0.0/24";

    [Fact]
    public async Task ARangeThatTwoNodesHave_IsTakenAsLongAsOneOfThemHasIt()
    {
        await using var cluster = new SmallCluster(nodes: 0);
        var (one, other) = (cluster.Client.Put(With("one", First)), cluster.Client.Put(With("other", First)));
        cluster.Client.Put(SmallCluster.Node(2));
        Assert.Equal("172.17.1.0/24", await RangeAsync(cluster, "node-2"));
        cluster.Client.Remove(one);
        cluster.Client.Put(SmallCluster.Node(1)); // It would have the first.
        Assert.Equal("172.17.2.0/24", await RangeAsync(cluster, "node-1"));
        cluster.Client.Remove(other);
        cluster.Client.Put(With("late", ""));
        Assert.Equal(First, await RangeAsync(cluster, "late"));
    }

    [Fact]
    public async Task ARangeThatANodeDidNotTakeAfterAll_IsFree()
    {
        await using var cluster = new SmallCluster(nodes: 0);
        var refused = 0;
        cluster.Client.Refuse(call => call is { Verb: ApiVerb.Update, Name: "node-1", Subresource: null } && Interlocked.Increment(ref refused) > 0 ? 409 : 0);
        var node = cluster.Client.Put(SmallCluster.Node(1));
        await LiveSystem.Until(() => Volatile.Read(ref refused) > 0, "the first try");
        cluster.Client.Put(node with { Spec = node.Spec with { PodCIDR = "172.17.9.0/24", PodCIDRs = ["172.17.9.0/24"] } });
        cluster.Client.Put(With("other", ""));
        Assert.Equal(First, await RangeAsync(cluster, "other"));
    }

    private static Node With(string name, string range) => new() { Metadata = new ObjectMeta { Name = name }, Spec = new NodeSpec { PodCIDR = range } };

    private static async Task<string> RangeAsync(SmallCluster cluster, string node)
    {
        await LiveSystem.Until(() => cluster.Client.Find<Node>("", node)?.Spec.PodCIDR.Length > 0, $"the range of {node}");
        return cluster.Client.Find<Node>("", node)!.Spec.PodCIDR;
    }
}
