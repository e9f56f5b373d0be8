using ClusterEmu.Api;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>topologySpreadConstraints, as kube-scheduler's PodTopologySpread counts.</summary>
public sealed class PodSpreadTests
{
    private const string Host = "kubernetes.io/hostname";
    private const string Zone = "topology.kubernetes.io/zone";
    private static readonly TopologySpreadConstraint Even = new()
    {
        MaxSkew = 1,
        TopologyKey = Host,
        WhenUnsatisfiable = "DoNotSchedule",
        LabelSelector = new LabelSelector { MatchLabels = Some.Labels("app=web") },
    };

    /// <summary>Three nodes, n1 and n2 in zone-a, n3 in zone-b; Pods app=web lie where the letters say.</summary>
    public static TheoryData<string, TopologySpreadConstraint, string, string> Cases => new()
    {
        // what                                    constraint                                              web Pods on      node, or problem
        { "the first goes anywhere",               Even,                                                   "",              "n1" },
        { "the second to another node",            Even,                                                   "n1",            "n2" },
        { "a larger skew is allowed",              Even with { MaxSkew = 2 },                              "n1",            "n1" },
        { "zones are the domains",                 Even with { TopologyKey = Zone },                       "n1",            "n3" },
        { "both Pods of a zone count",             Even with { TopologyKey = Zone },                       "n1 n2 n3",      "n3" },
        { "too few domains",                       Even with { MinDomains = 4, MaxSkew = 1 },              "n1 n2 n3",      "3 node(s) didn't match pod topology spread constraints" },
        { "a label that no node has",              Even with { TopologyKey = "rack" },                     "",              "3 node(s) didn't match pod topology spread constraints (missing required label)" },
        { "others do not count",                   Even with { LabelSelector = new LabelSelector { MatchLabels = Some.Labels("app=db") } }, "n1", "n1" },
        { "without a selector nobody counts",      Even with { LabelSelector = null },                     "n1",            "n1" },
        { "a wish is granted where it can be",     Even with { WhenUnsatisfiable = "ScheduleAnyway" },     "n1 n2",         "n3" },
        { "a wish never hinders",                  Even with { WhenUnsatisfiable = "ScheduleAnyway", TopologyKey = "rack" }, "n1", "n1" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void APodGoesWhereItsConstraintsLetIt(string what, TopologySpreadConstraint constraint, string others, string expected)
    {
        var choice = Choose(Nodes(), Web("new", constraint), others);
        Assert.True(choice.Node == expected || choice.Problem.Contains($"{expected}. preemption:", StringComparison.Ordinal), $"{what}: {choice.Node} {choice.Problem}");
    }

    [Fact]
    public void ANodeThatIsNotReadyYet_IsADomainAllTheSame_UnlessItsTaintsAreHonored()
    {
        var nodes = Nodes();
        foreach (var load in nodes.Skip(1)) load.Node = load.Node! with { Status = load.Node.Status with { Conditions = [] } };
        // So the second replica waits for the second node, instead of joining the first.
        Assert.Contains("1 node(s) didn't match pod topology spread constraints, 2 node(s) had untolerated taint", Choose(nodes, Web("new", Even), "n1").Problem, StringComparison.Ordinal);
        Assert.Equal("n1", Choose(nodes, Web("new", Even with { NodeTaintsPolicy = "Honor" }), "n1").Node);
    }

    [Fact]
    public void PodsThatAreBeingDeleted_OrLieInAnotherNamespace_DoNotCount()
    {
        var going = Web("going", Even);
        going = going with { Metadata = going.Metadata with { DeletionTimestamp = Make.Noon } };
        var foreign = Web("foreign", Even);
        foreign = foreign with { Metadata = foreign.Metadata with { Namespace = "elsewhere" } };
        var (nodes, pod) = (Nodes(), Web("new", Even));
        var spreads = PodSpread.Of(pod, nodes, () => [(going, "n1"), (foreign, "n1")]);
        Assert.Equal("n1", NodeChoice.For(pod, PodDemand.Of(pod), nodes, spreads).Node);
    }

    [Fact]
    public void TheSameValuesOfMatchLabelKeys_AreCountedOnly()
    {
        var pod = Web("new", Even with { MatchLabelKeys = ["pod-template-hash"] });
        pod = pod with { Metadata = pod.Metadata with { Labels = Some.Labels("app=web,pod-template-hash=b") } };
        var old = Web("old", Even);
        old = old with { Metadata = old.Metadata with { Labels = Some.Labels("app=web,pod-template-hash=a") } };
        var nodes = Nodes();
        Assert.Equal("n1", NodeChoice.For(pod, PodDemand.Of(pod), nodes, PodSpread.Of(pod, nodes, () => [(old, "n1")])).Node);
    }

    [Fact]
    public async Task AReplicaWaitsForTheSecondNode()
    {
        await using var cluster = new SmallCluster(nodes: 0);
        var second = SmallCluster.Node(2);
        cluster.Client.Put(Named(SmallCluster.Node(1)));
        cluster.Client.Put(Named(second with { Status = second.Status with { Conditions = [new NodeCondition { Type = "Ready", Status = "False" }] } }));
        cluster.Client.Put(Web("first", Even));
        await LiveSystem.Until(() => cluster.Pods.Any(pod => pod.Spec.NodeName == "node-1"), "the first Pod's node");
        cluster.Client.Put(Web("second", Even));
        await LiveSystem.Until(() => cluster.Client.All<Event>().Any(one => one.Reason == "FailedScheduling" && one.Message.Contains("topology spread", StringComparison.Ordinal)), "it waits");
        cluster.Client.Put(Named(second));
        await LiveSystem.Until(() => cluster.Pods.Count(pod => pod.Spec.NodeName == "node-2") == 1, "the second Pod's node");

        static Node Named(Node node) => node with { Metadata = node.Metadata with { Labels = Some.Labels($"{Host}={node.Metadata.Name}") } };
    }

    private static NodeChoice Choose(List<NodeLoad> nodes, Pod pod, string others)
    {
        var placed = others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((node, i) => (Web($"web-{i}", Even), node));
        return NodeChoice.For(pod, PodDemand.Of(pod), nodes, PodSpread.Of(pod, nodes, () => placed));
    }

    private static Pod Web(string name, TopologySpreadConstraint constraint)
    {
        var pod = Make.Pod($"{name}@");
        return pod with
        {
            Metadata = pod.Metadata with { Labels = Some.Labels("app=web") },
            Spec = pod.Spec with { TopologySpreadConstraints = [constraint] },
        };
    }

    private static List<NodeLoad> Nodes() =>
        [.. Enumerable.Range(1, 3).Select(i => new NodeLoad
        {
            Node = new Node
            {
                Metadata = new ObjectMeta { Name = $"n{i}", Labels = Some.Labels($"{Host}=n{i},{Zone}={(i < 3 ? "zone-a" : "zone-b")}") },
                Status = new NodeStatus { Conditions = [new NodeCondition { Type = "Ready", Status = "True" }] },
            },
        })];
}
