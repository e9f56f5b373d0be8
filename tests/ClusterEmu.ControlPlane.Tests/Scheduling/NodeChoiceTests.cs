using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class NodeChoiceTests
{
    private const string NoPreemption = "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
    private const string NoVictims = "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.";

    public static TheoryData<string, Func<Node, Node>, Func<Pod, Pod>, string> Misfits => new()
    {
        { "it fits", node => node, pod => pod, "" },
        { "cordoned", node => node with { Spec = new NodeSpec { Unschedulable = true } }, pod => pod, $"1 node(s) were unschedulable. {NoPreemption}" },
        { "tainted", node => Tainted(node, "dedicated", "gpu"), pod => pod, $"1 node(s) had untolerated taint {{dedicated: gpu}}. {NoPreemption}" },
        { "tolerated", node => Tainted(node, "dedicated", "gpu"), pod => pod with { Spec = pod.Spec with { Tolerations = [new Toleration { Key = "dedicated", Operator = "Exists" }] } }, "" },
        { "not ready", node => node with { Status = node.Status with { Conditions = [new NodeCondition { Type = "Ready", Status = "False" }] } }, pod => pod, $"1 node(s) had untolerated taint {{node.kubernetes.io/not-ready: }}. {NoPreemption}" },
        { "lost", node => node with { Status = node.Status with { Conditions = [new NodeCondition { Type = "Ready", Status = "Unknown" }] } }, pod => pod, $"1 node(s) had untolerated taint {{node.kubernetes.io/unreachable: }}. {NoPreemption}" },
        { "node selector", node => node, pod => pod with { Spec = pod.Spec with { NodeSelector = Some.Labels("disk=ssd") } }, $"1 node(s) didn't match Pod's node affinity/selector. {NoPreemption}" },
        { "affinity", node => node, pod => Affine(pod, "disk", "Exists"), $"1 node(s) didn't match Pod's node affinity/selector. {NoPreemption}" },
        { "affinity met", node => node, pod => Affine(pod, "disk", "DoesNotExist"), "" },
        { "cpu", node => node, pod => Asking(pod, "cpu", "5"), $"1 Insufficient cpu. {NoVictims}" },
        { "memory", node => node, pod => Asking(pod, "memory", "2Gi"), $"1 Insufficient memory. {NoVictims}" },
        { "a licence that no node has", node => node, pod => Asking(pod, "example.com/licence", "1"), $"1 Insufficient example.com/licence. {NoVictims}" },
        { "a licence", node => Having(node, "example.com/licence", "1"), pod => Asking(pod, "example.com/licence", "1"), "" },
        { "too many licences", node => Having(node, "example.com/licence", "1"), pod => Asking(pod, "example.com/licence", "2"), $"1 Insufficient example.com/licence. {NoVictims}" },
        { "storage", node => Having(node, "ephemeral-storage", "1Gi"), pod => Asking(pod, "ephemeral-storage", "2Gi"), $"1 Insufficient ephemeral-storage. {NoVictims}" },
        { "a sidecar's cpu", node => node, pod => WithInit(Asking(pod, "cpu", "2"), "2", "Always"), $"1 Insufficient cpu. {NoVictims}" },
        { "an init container's cpu", node => node, pod => WithInit(Asking(pod, "cpu", "2"), "2", null), "" },
        { "more cpu than anybody has", node => node, pod => Asking(pod, "cpu", "9223372036854775807"), $"1 Insufficient cpu. {NoVictims}" },
        { "cpu that is there", node => node, pod => Asking(pod, "cpu", "3500m"), "" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void AMisfitIsExplainedInTheSchedulersWords(string because, Func<Node, Node> node, Func<Pod, Pod> pod, string problem)
    {
        var load = new NodeLoad { Node = node(NodeNamed("node-1")) };
        load.Add(new PodDemand(500, 0, [], ""));
        var value = pod(Make.Pod("a@"));
        var choice = NodeChoice.For(value, PodDemand.Of(value), [load]);
        var expected = problem.Length == 0 ? "" : "0/1 nodes are available: " + problem;
        Assert.True(expected == choice.Problem && (problem.Length == 0) == (choice.Node == "node-1"), $"{because}: {choice.Problem}");
    }

    [Fact]
    public void ReasonsAreCountedOverAllNodes()
    {
        List<NodeLoad> nodes = [.. Enumerable.Range(1, 3).Select(i => new NodeLoad { Node = i == 1 ? Tainted(NodeNamed("n1"), "a", "") : NodeNamed($"n{i}") })];
        var pod = Asking(Make.Pod("a@"), "cpu", "9");
        Assert.Equal(
            "0/3 nodes are available: 1 node(s) had untolerated taint {a: }, 2 Insufficient cpu. "
            + "preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
            NodeChoice.For(pod, PodDemand.Of(pod), nodes).Problem);
        Assert.Equal("no nodes available to schedule pods", NodeChoice.For(pod, PodDemand.Of(pod), []).Problem);
    }

    [Fact]
    public void HostPortsAreTakenOnce()
    {
        var pod = Make.Pod("a@");
        pod = pod with { Spec = pod.Spec with { Containers = [new Container { Ports = [new ContainerPort { Port = 80, HostPort = 8080 }] }] } };
        var load = new NodeLoad { Node = NodeNamed("node-1") };
        load.Add(PodDemand.Of(pod));
        Assert.StartsWith("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.", NodeChoice.For(pod, PodDemand.Of(pod), [load]).Problem);
        load.Remove(PodDemand.Of(pod));
        Assert.Equal("node-1", NodeChoice.For(pod, PodDemand.Of(pod), [load]).Node);
    }

    [Fact]
    public void PodsOfOneOwnerAreSpreadOverNodesAndZonesThenOverLoad()
    {
        var set = Make.ReplicaSet(8);
        List<NodeLoad> nodes = [.. Enumerable.Range(1, 4).Select(i => new NodeLoad { Node = InZone(NodeNamed($"n{i}"), i <= 2 ? "zone-a" : "zone-b") })];
        for (var i = 0; i < 3; i++) nodes[3].Add(new PodDemand(0, 0, [], "another"));
        var chosen = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            var pod = Make.Pod($"p{i}@", owner: set);
            var demand = PodDemand.Of(pod);
            var node = NodeChoice.For(pod, demand, nodes).Node!;
            nodes.Single(load => load.Node!.Metadata.Name == node).Add(demand);
            chosen.Add(node);
        }
        Assert.Equal("n1 n3 n2 n4 n1 n3 n2 n4", string.Join(' ', chosen));
    }

    [Fact]
    public void OfManyNodesAShareIsLookedAtFromTheGivenStart()
    {
        List<NodeLoad> nodes = [.. Enumerable.Range(0, 1000).Select(i => new NodeLoad { Node = NodeNamed(string.Create(CultureInfo.InvariantCulture, $"n{i}")) })];
        nodes[7].Add(new PodDemand(0, 0, [], ""));
        var pod = Make.Pod("a@");
        Assert.Equal("n8", NodeChoice.For(pod, PodDemand.Of(pod), nodes, start: 7).Node);
    }

    [Fact]
    public void AFailureIsWrittenOnceAndToldEachTime()
    {
        var first = SchedulingFailure.Plan(Make.Pod("a@"), "no", Make.Noon);
        var pod = (Pod)first.Calls.Single().Body!;
        Assert.Equal(("PodScheduled", "False", "Unschedulable", "no"), (pod.Status.Conditions[^1].Type, pod.Status.Conditions[^1].Status, pod.Status.Conditions[^1].Reason, pod.Status.Conditions[^1].Message));
        var second = SchedulingFailure.Plan(pod, "no", Make.Noon);
        Assert.Empty(second.Calls);
        Assert.Equal("FailedScheduling", second.Events.Single().Reason);
    }

    [Fact]
    public async Task APodThatFitsNowhereIsBoundOnceANodeTakesIt()
    {
        await using var cluster = new SmallCluster(nodes: 0);
        cluster.Client.Put(Make.ReplicaSet(1));
        await LiveSystem.Until(() => cluster.Client.All<Event>().Any(one => one is { Reason: "FailedScheduling", Message: "no nodes available to schedule pods" }), "an Event");
        cluster.Client.Put(SmallCluster.Node(1));
        await LiveSystem.Until(() => cluster.Pods.Single().Spec.NodeName == "node-1", "its node");
    }

    private static Node NodeNamed(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Status = new NodeStatus
        {
            Conditions = [new NodeCondition { Type = "Ready", Status = "True" }],
            Allocatable = new Dictionary<string, Quantity> { ["cpu"] = Quantity.Parse("4"), ["memory"] = Quantity.Parse("1Gi"), ["pods"] = Quantity.Parse("110") },
        },
    };

    private static Node Tainted(Node node, string key, string value) =>
        node with { Spec = new NodeSpec { Taints = [new Taint { Key = key, Value = value, Effect = "NoSchedule" }] } };

    private static Node InZone(Node node, string zone) => node with { Metadata = node.Metadata with { Labels = Some.Labels($"topology.kubernetes.io/zone={zone}") } };

    private static Node Having(Node node, string resource, string amount) => node with
    {
        Status = node.Status with { Allocatable = new Dictionary<string, Quantity>(node.Status.Allocatable) { [resource] = Quantity.Parse(amount) } },
    };

    private static Pod WithInit(Pod pod, string cpu, string? policy) =>
        pod with { Spec = pod.Spec with { InitContainers = [Asking(pod, "cpu", cpu).Spec.Containers[0] with { RestartPolicy = policy }] } };

    private static Pod Asking(Pod pod, string resource, string amount) => pod with
    {
        Spec = pod.Spec with
        {
            Containers = [new Container { Resources = new ResourceRequirements { Requests = new Dictionary<string, Quantity> { [resource] = Quantity.Parse(amount) } } }],
        },
    };

    private static Pod Affine(Pod pod, string key, string operation)
    {
        var term = new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = key, Operator = operation }] };
        var affinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector { NodeSelectorTerms = [term] } };
        return pod with { Spec = pod.Spec with { Affinity = new Affinity { NodeAffinity = affinity } } };
    }
}
