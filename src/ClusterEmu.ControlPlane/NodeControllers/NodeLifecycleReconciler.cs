using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What the watch over a node looks at.</summary>
/// <param name="Node">The node.</param>
/// <param name="Silence">How long its Lease has not changed, by this process's own clock.</param>
/// <param name="Pods">The Pods bound to it.</param>
/// <param name="AnyReady">Whether any node is ready. If none is, the fault is likelier on our side, and no Pod is evicted.</param>
/// <param name="Now">The time.</param>
public sealed record NodeFacts(Node Node, TimeSpan Silence, IReadOnlyList<Pod> Pods, bool AnyReady, DateTimeOffset Now);

/// <summary>Notices nodes that fell silent, and takes their Pods out of service. Pure. Source: pkg/controller/{nodelifecycle,tainteviction}.</summary>
public static class NodeLifecycleReconciler
{
    private static readonly string[] Watched = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    public static ControllerPlan Plan(NodeFacts facts, ControllerOptions options)
    {
        var node = facts.Node;
        if (node.Metadata.DeletionTimestamp is not null) return ControllerPlan.Nothing;
        var reported = node.Status.Conditions.Any(condition => condition.Type == "Ready");
        var grace = reported ? options.NodeGrace : options.NodeStartupGrace;
        var silent = facts.Silence >= grace;
        if (silent && !IsMarked(node))
        {
            var status = node.Status with { Conditions = Unknown(node, facts.Now) };
            return new ControllerPlan
            {
                Calls = [ApiCall.UpdateStatus(node with { Status = status })],
                Events = NodeTaints.ReadyStatus(node) == "True"
                    ? [new(node, RecordEvent.Normal, "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady")]
                    : [],
            };
        }
        var calls = new List<ApiCall>();
        var events = new List<PlannedEvent>();
        var taints = NodeTaints.Wanted(node, facts.AnyReady, facts.Now);
        if (!taints.SequenceEqual(node.Spec.Taints)) calls.Add(ApiCall.Update(node with { Spec = node.Spec with { Taints = taints } }));
        if (NodeTaints.ReadyStatus(node) == "Unknown" && reported) MarkPods(facts, calls, events);
        var nextEviction = Evict(facts, options, calls, events);
        TimeSpan? look = silent ? null : grace - facts.Silence;
        if (nextEviction is { } at && !(look <= at - facts.Now)) look = at - facts.Now;
        return new ControllerPlan { Calls = calls, Events = events, LookAgainAfter = look };
    }

    private static bool IsMarked(Node node) => Watched.All(type => node.Status.Conditions.Any(condition => condition.Type == type && condition.Status == "Unknown"));

    private static IReadOnlyList<NodeCondition> Unknown(Node node, DateTimeOffset now)
    {
        var conditions = new List<NodeCondition>(node.Status.Conditions);
        foreach (var type in Watched)
        {
            var index = conditions.FindIndex(condition => condition.Type == type);
            if (index < 0)
            {
                conditions.Add(new NodeCondition
                {
                    Type = type,
                    Status = "Unknown",
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
                    LastTransitionTime = now,
                });
            }
            else if (conditions[index].Status != "Unknown")
            {
                conditions[index] = conditions[index] with
                {
                    Status = "Unknown",
                    Reason = "NodeStatusUnknown",
                    Message = "Kubelet stopped posting node status.",
                    LastTransitionTime = now,
                };
            }
        }
        return conditions;
    }

    private static void MarkPods(NodeFacts facts, List<ApiCall> calls, List<PlannedEvent> events)
    {
        foreach (var pod in facts.Pods.Where(PodFacts.IsReady))
        {
            var ready = PodFacts.Condition(pod, "Ready")! with { Status = "False" };
            calls.Add(ApiCall.UpdateStatus(pod with { Status = pod.Status with { Conditions = PodFacts.WithCondition(pod, ready, facts.Now) } }));
            events.Add(new(pod, RecordEvent.Warning, "NodeNotReady", "Node is not ready"));
        }
    }

    private static DateTimeOffset? Evict(NodeFacts facts, ControllerOptions options, List<ApiCall> calls, List<PlannedEvent> events)
    {
        if (facts.Node.Spec.Taints.All(taint => taint.Effect != "NoExecute")) return null;
        DateTimeOffset? next = null;
        foreach (var pod in facts.Pods.Where(pod => !PodFacts.IsTerminating(pod) && !PodFacts.IsTerminal(pod)))
        {
            if (NodeTaints.EvictAt(pod, facts.Node.Spec.Taints, options.EvictionTimeout) is not { } at) continue;
            if (at > facts.Now)
            {
                if (!(next <= at)) next = at;
                continue;
            }
            var key = ObjectKey.Of(pod);
            calls.Add(ApiCall.Delete(Kinds.Pod, key.Namespace, key.Name, new DeleteOptions { Preconditions = new Preconditions { Uid = pod.Metadata.Uid } }));
            events.Add(new(pod, RecordEvent.Normal, "TaintManagerEviction", $"Marking for deletion Pod {key}"));
        }
        return next;
    }
}
