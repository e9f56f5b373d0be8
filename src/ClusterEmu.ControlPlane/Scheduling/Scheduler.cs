using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Binds Pods to nodes. <see cref="NodeChoice"/> decides.</summary>
/// <remarks>
/// A Pod counts on its node from the moment of the decision, not of the answer. Pods that fit nowhere are looked at again
/// when a node changes or Pods leave one, those that look at other Pods (topologySpreadConstraints, podAffinity) also when Pods
/// come, and all once a minute.
/// </remarks>
public sealed class Scheduler : ControllerActor
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly InformerView<Pod> _pods;
    private readonly InformerView<Namespace> _namespaces;
    private readonly Dictionary<string, NodeLoad> _loads = new(StringComparer.Ordinal);
    private readonly List<NodeLoad> _nodes = [];
    private readonly Dictionary<ObjectKey, (string Node, PodDemand Demand, string Uid)> _placed = [];
    private readonly HashSet<ObjectKey> _stuck = [];
    private readonly SortedSet<ObjectKey> _watchful = [];
    private readonly SortedSet<ObjectKey> _choosy = [];
    private int _start;

    public Scheduler(ControllerServices services) : base(services, "default-scheduler")
    {
        _pods = Follow<Pod>(Kinds.Pod, PodChanged);
        Follow<Node>(Kinds.Node, NodeChanged);
        _namespaces = Follow<Namespace>(Kinds.Namespace, (_, _) => { });
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new Scheduler(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        _stuck.Remove(key);
        _watchful.Remove(key);
        if (_pods.Objects.Get(key) is not { } pod || !IsOurs(pod) || _placed.ContainsKey(key)) return ControllerPlan.Nothing;
        var demand = PodDemand.Of(pod);
        var proximity = PodProximity.Of(pod, () => WithNodes(_placed.Keys), [.. WithNodes(_choosy)], ns => _namespaces.Objects.Get("", ns)?.Metadata.Labels);
        var choice = NodeChoice.For(pod, demand, _nodes, PodSpread.Of(pod, _nodes, PlacedPods), proximity, _start);
        if (choice.Node is { } node)
        {
            if (_nodes.Count > 100) _start = (_start + 101) % _nodes.Count;
            Place(key, pod, node, demand);
            return ControllerPlan.Of(BindingOf(pod, node));
        }
        _stuck.Add(key);
        if (pod.Spec.TopologySpreadConstraints.Count > 0 || PodProximity.IsChoosy(pod)) _watchful.Add(key);
        return SchedulingFailure.Plan(pod, choice.Problem, Now) with { LookAgainAfter = LookAgain };
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Call.Subresource != "binding") return;
        var node = ((Binding)reply.Call.Body!).Target.Name;
        if (!reply.Ok)
        {
            // The Pod's own state, if it is bound after all, comes by the watch.
            if (_pods.Objects.Get(key) is not { Spec.NodeName.Length: > 0 }) Unplace(key);
        }
        else if (_pods.Objects.Get(key) is { } pod)
        {
            Record(new(pod, RecordEvent.Normal, "Scheduled", $"Successfully assigned {key} to {node}"));
        }
    }

    private static bool IsOurs(Pod pod) =>
        pod.Spec.NodeName.Length == 0 && pod.Spec.SchedulingGates.Count == 0 && pod.Metadata.DeletionTimestamp is null
        && !PodFacts.IsTerminal(pod) && pod.Spec.SchedulerName is "" or "default-scheduler";

    private static ApiCall BindingOf(Pod pod, string node) => new()
    {
        Verb = ApiVerb.Create,
        Kind = Kinds.Pod,
        Namespace = pod.Metadata.Namespace,
        Name = pod.Metadata.Name,
        Subresource = "binding",
        Body = new Binding
        {
            Metadata = new ObjectMeta { Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
            Target = new ObjectReference { Kind = "Node", Name = node },
        },
    };

    private void PodChanged(Pod? before, Pod? now)
    {
        var key = ObjectKey.Of((now ?? before)!);
        if (now is null || PodFacts.IsTerminal(now))
        {
            _stuck.Remove(key);
            _watchful.Remove(key);
            if (Unplace(key)) RetryStuck();
            return;
        }
        if (now.Spec.NodeName.Length > 0)
        {
            Place(key, now, now.Spec.NodeName, PodDemand.Of(now));
            return;
        }
        if (_placed.TryGetValue(key, out var placed) && placed.Uid != now.Metadata.Uid) Unplace(key);
        var same = before is not null && before.Metadata.Uid == now.Metadata.Uid
            && before.Spec.SchedulingGates.Count == now.Spec.SchedulingGates.Count && before.Spec.Tolerations.Count == now.Spec.Tolerations.Count;
        if (!same && IsOurs(now)) Enqueue(key);
    }

    private void NodeChanged(Node? before, Node? now)
    {
        var name = (now ?? before)!.Metadata.Name;
        var load = LoadOf(name);
        load.Node = now;
        if (now is null)
        {
            _nodes.Remove(load);
            if (load.Pods == 0) _loads.Remove(name);
            RetryWatchful();
        }
        else if (before is null || !_nodes.Contains(load))
        {
            _nodes.Add(load);
        }
        if (now is not null && (before is null || Opened(before, now))) RetryStuck();
    }

    /// <summary>Whether Pods may fit now that did not before; most changes of a node are heartbeats.</summary>
    private static bool Opened(Node before, Node now) =>
        NodeTaints.ReadyStatus(before) != NodeTaints.ReadyStatus(now)
        || before.Spec.Unschedulable != now.Spec.Unschedulable
        || !before.Spec.Taints.SequenceEqual(now.Spec.Taints)
        || !before.Metadata.Labels.SameAs(now.Metadata.Labels)
        || before.Status.Allocatable.Any(amount => now.Status.Allocatable.GetValueOrDefault(amount.Key) != amount.Value);

    private void RetryStuck()
    {
        foreach (var key in _stuck.OrderBy(key => key)) Enqueue(key);
    }

    /// <summary>One Pod more, or a domain less, may let another in that looks at Pods.</summary>
    private void RetryWatchful()
    {
        foreach (var key in _watchful) Enqueue(key);
    }

    private IEnumerable<(Pod, Node)> WithNodes(IEnumerable<ObjectKey> placed)
    {
        foreach (var key in placed)
            if (_pods.Objects.Get(key) is { } pod && _loads.GetValueOrDefault(_placed[key].Node)?.Node is { } node) yield return (pod, node);
    }

    private IEnumerable<(Pod, string)> PlacedPods()
    {
        foreach (var (key, placed) in _placed)
            if (_pods.Objects.Get(key) is { } pod) yield return (pod, placed.Node);
    }

    private NodeLoad LoadOf(string node)
    {
        if (!_loads.TryGetValue(node, out var load)) _loads[node] = load = new NodeLoad();
        return load;
    }

    private void Place(ObjectKey key, Pod pod, string node, PodDemand demand)
    {
        var uid = pod.Metadata.Uid;
        if (_placed.TryGetValue(key, out var placed))
        {
            if (placed.Node == node && placed.Uid == uid) return;
            Unplace(key);
        }
        _placed[key] = (node, demand, uid);
        if (PodProximity.IsChoosy(pod)) _choosy.Add(key);
        LoadOf(node).Add(demand);
        RetryWatchful();
    }

    private bool Unplace(ObjectKey key)
    {
        if (!_placed.Remove(key, out var placed)) return false;
        _choosy.Remove(key);
        LoadOf(placed.Node).Remove(placed.Demand);
        return true;
    }
}
