using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class NodeLifecycleReconcilerTests
{
    private static readonly ControllerOptions Options = new();

    [Theory] // seconds of silence; whether the node is marked
    [InlineData(0, false)]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void ASilentNodeIsMarkedUnknown(int silence, bool marked)
    {
        var plan = Plan(NodeWith("True"), silence);
        Assert.Equal(marked, plan.Calls.Any(call => call.Subresource == "status"));
        if (!marked)
        {
            Assert.Equal(TimeSpan.FromSeconds(50 - silence), plan.LookAgainAfter);
            return;
        }
        var conditions = ((Node)plan.Calls.Single().Body!).Status.Conditions;
        Assert.All(conditions, condition => Assert.Equal("Unknown", condition.Status));
        Assert.Equal(("NodeStatusUnknown", "Kubelet stopped posting node status."), (conditions[0].Reason, conditions[0].Message));
        Assert.Equal(("NodeStatusNeverUpdated", "Kubelet never posted node status."), (conditions[1].Reason, conditions[1].Message));
        Assert.Equal("Node node-1 status is now: NodeNotReady", plan.Events.Single().Message);
    }

    [Theory] // Ready, another node is ready; taints
    [InlineData("True", true, "")]
    [InlineData("False", true, "not-ready:NoSchedule not-ready:NoExecute")]
    [InlineData("Unknown", true, "unreachable:NoSchedule unreachable:NoExecute")]
    [InlineData("Unknown", false, "unreachable:NoSchedule")]
    public void TaintsFollowTheReadyCondition(string ready, bool anyReady, string expected)
    {
        var taints = NodeTaints.Wanted(NodeWith(ready), anyReady, Make.Noon);
        Assert.Equal(expected, string.Join(' ', taints.Select(taint => $"{taint.Key["node.kubernetes.io/".Length..]}:{taint.Effect}")));
    }

    [Fact]
    public void TaintsOfPeopleStayAndOursGoWhenTheNodeIsBack()
    {
        var node = NodeWith("True");
        var mine = new Taint { Key = "dedicated", Value = "gpu", Effect = "NoExecute" };
        node = node with { Spec = node.Spec with { Taints = [new Taint { Key = NodeTaints.Unreachable, Effect = "NoExecute" }, mine] } };
        Assert.Equal([mine], NodeTaints.Wanted(node, true, Make.Noon));
        var cordoned = node with { Spec = node.Spec with { Unschedulable = true } };
        Assert.Equal(["dedicated", NodeTaints.Unschedulable], NodeTaints.Wanted(cordoned, true, Make.Noon).Select(taint => taint.Key));
    }

    [Fact]
    public void PodsOfALostNodeAreNoLongerReady()
    {
        var node = Lost();
        var plan = Plan(node, 60, Make.Pods("a+@node-1 b@node-1"));
        var pod = (Pod)plan.Calls.Single(call => call.Kind == Kinds.Pod && call.Subresource == "status").Body!;
        Assert.Equal(("a", "False", Make.Noon), (pod.Metadata.Name, pod.Status.Conditions[0].Status, pod.Status.Conditions[0].LastTransitionTime));
        Assert.Equal("a", plan.Events.Single(told => told is { Reason: "NodeNotReady", Type: "Warning" }).About.Metadata.Name);
    }

    [Theory] // tolerationSeconds (-1: for ever, -2: no toleration), bound in s, seconds since the taint; evicted
    [InlineData(300, null, 299, false)]
    [InlineData(300, null, 300, true)]
    [InlineData(300, 10, 9, false)]
    [InlineData(300, 10, 10, true)]
    [InlineData(-1, 10, 100000, false)]
    [InlineData(-2, null, 0, true)]
    public void PodsLeaveWhenTheirTolerationEnds(int toleration, int? bound, int since, bool evicted)
    {
        var pod = Make.Pod("a@node-1");
        if (toleration > -2)
        {
            var tolerations = new Toleration
            {
                Key = NodeTaints.Unreachable,
                Operator = "Exists",
                Effect = "NoExecute",
                TolerationSeconds = toleration < 0 ? null : toleration,
            };
            pod = pod with { Spec = pod.Spec with { Tolerations = [tolerations] } };
        }
        var node = Lost();
        var facts = new NodeFacts(node, TimeSpan.FromSeconds(60), [pod], true, Make.Noon.AddSeconds(since));
        var plan = NodeLifecycleReconciler.Plan(facts, Options with { EvictionTimeout = bound is { } seconds ? TimeSpan.FromSeconds(seconds) : null });
        Assert.Equal(evicted, plan.Calls.Any(call => call.Verb == ApiVerb.Delete));
        if (evicted) Assert.Equal("Marking for deletion Pod default/a", plan.Events.Single().Message);
        if (!evicted && toleration > 0) Assert.Equal(TimeSpan.FromSeconds((bound ?? 300) - since), plan.LookAgainAfter);
    }

    [Theory] // operator, key, value, effect; tolerated: dedicated=gpu:NoSchedule
    [InlineData("Equal", "dedicated", "gpu", "NoSchedule", true)]
    [InlineData("", "dedicated", "gpu", "", true)]
    [InlineData("Equal", "dedicated", "cpu", "", false)]
    [InlineData("Exists", "dedicated", "", "", true)]
    [InlineData("Exists", "", "", "", true)]
    [InlineData("Exists", "dedicated", "", "NoExecute", false)]
    public void TolerationsMatchAsInKubernetes(string operation, string key, string value, string effect, bool expected) =>
        Assert.Equal(expected, NodeTaints.Tolerates(
            new Toleration { Operator = operation, Key = key, Value = value, Effect = effect },
            new Taint { Key = "dedicated", Value = "gpu", Effect = "NoSchedule" }));

    private static Node NodeWith(string ready) => new()
    {
        Metadata = new ObjectMeta { Name = "node-1" },
        Status = new NodeStatus { Conditions = [new NodeCondition { Type = "Ready", Status = ready }] },
    };

    private static Node Lost()
    {
        var node = (Node)Plan(NodeWith("True"), 60).Calls.Single().Body!;
        return node with { Spec = node.Spec with { Taints = NodeTaints.Wanted(node, true, Make.Noon) } };
    }

    private static ControllerPlan Plan(Node node, int silence, IReadOnlyList<Pod>? pods = null) =>
        NodeLifecycleReconciler.Plan(new(node, TimeSpan.FromSeconds(silence), pods ?? [], true, Make.Noon), Options);
}
