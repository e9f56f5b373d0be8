using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Watches over all nodes by their Leases in kube-node-lease. <see cref="NodeLifecycleReconciler"/> decides.</summary>
/// <remarks>
/// A Lease counts from when its change was seen here, not from the time written in it, so that clocks may differ and a
/// restart of this process gives every node a full grace period.
/// </remarks>
public sealed class NodeLifecycleController : ControllerActor
{
    private const string LeaseNamespace = "kube-node-lease";

    private readonly InformerView<Node> _nodes;
    private readonly InformerView<Pod> _pods;
    private readonly InformerView<Lease> _leases;
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    public NodeLifecycleController(ControllerServices services) : base(services, "node-controller")
    {
        _nodes = Follow<Node>(Kinds.Node, NodeChanged);
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, groupOf: pod => pod.Spec.NodeName.Length == 0 ? null : pod.Spec.NodeName);
        _leases = Follow<Lease>(Kinds.Lease, LeaseChanged);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new NodeLifecycleController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_nodes.Objects.Get(key) is not { } node)
        {
            _seen.Remove(key.Name);
            return ControllerPlan.Nothing;
        }
        var now = Determinism.Microseconds;
        if (!_seen.TryGetValue(key.Name, out var seen)) _seen[key.Name] = seen = now;
        var anyReady = NodeTaints.ReadyStatus(node) == "True" || _nodes.Objects.All.Any(other => NodeTaints.ReadyStatus(other) == "True");
        var facts = new NodeFacts(node, TimeSpan.FromMicroseconds(now - seen), [.. _pods.Objects.InGroup(key.Name)], anyReady, Now);
        return NodeLifecycleReconciler.Plan(facts, Options);
    }

    private void NodeChanged(Node? before, Node? now)
    {
        Enqueue(ObjectKey.Of((now ?? before)!));
        if (now is null) _seen.Remove(before!.Metadata.Name); // A later Node of that name starts with a full grace period.
        if (now is not null && before is not null && Reported(before, now)) _seen[now.Metadata.Name] = Determinism.Microseconds;
        var (was, becomes) = (before is null ? "" : NodeTaints.ReadyStatus(before), now is null ? "" : NodeTaints.ReadyStatus(now));
        if (was == becomes) return;
        // Whether Pods of lost nodes are evicted depends on whether any node is left.
        foreach (var node in _nodes.Objects.All)
        {
            if (NodeTaints.ReadyStatus(node) != "True") Enqueue(ObjectKey.Of(node));
        }
    }

    /// <summary>Whether the kubelet itself said something: that counts as a sign of life as its Lease does.</summary>
    private static bool Reported(Node before, Node now)
    {
        var (old, ready) = (ReadyOf(before), ReadyOf(now));
        return ready is not null && ready.Status != "Unknown" && (old?.LastHeartbeatTime != ready.LastHeartbeatTime || old?.Status != ready.Status);
    }

    private static NodeCondition? ReadyOf(Node node) => node.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready");

    private void LeaseChanged(Lease? before, Lease? now)
    {
        if (now is null || now.Metadata.Namespace != LeaseNamespace || before?.Spec.RenewTime == now.Spec.RenewTime) return;
        // The first list tells of Leases that may be long over: those count from the first look at the node.
        if (_leases.Synced) _seen[now.Metadata.Name] = Determinism.Microseconds;
    }

    private void PodChanged(Pod? before, Pod? now)
    {
        if (now is null || now.Spec.NodeName.Length == 0) return;
        if (_nodes.Objects.Get("", now.Spec.NodeName) is { } node && NodeTaints.ReadyStatus(node) != "True") Enqueue(ObjectKey.Of(node));
    }
}
