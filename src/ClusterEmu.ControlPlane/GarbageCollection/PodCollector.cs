using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Clears away Pods that have no node to end them, and old ended ones. <see cref="PodCollection"/> decides.</summary>
public sealed class PodCollector : ControllerActor
{
    private readonly InformerView<Pod> _pods;
    private readonly InformerView<Node> _nodes;
    private readonly Dictionary<string, long> _missing = new(StringComparer.Ordinal);
    private readonly HashSet<ObjectKey> _surplus = [];
    private int _ended;

    public PodCollector(ControllerServices services) : base(services, "pod-garbage-collector")
    {
        _pods = Follow<Pod>(Kinds.Pod, PodChanged, groupOf: pod => pod.Spec.NodeName.Length == 0 ? null : pod.Spec.NodeName);
        _nodes = Follow<Node>(Kinds.Node, NodeChanged);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new PodCollector(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_pods.Objects.Get(key) is not { } pod) return ControllerPlan.Nothing;
        if (_surplus.Contains(key) && PodFacts.IsTerminal(pod) && !PodFacts.IsTerminating(pod)) return PodCollection.End(pod, Now);
        if (!PodCollection.IsLost(pod, NodeExists)) return ControllerPlan.Nothing;
        if (pod.Spec.NodeName.Length == 0) return PodCollection.End(pod, Now);
        // The node may be registered again, or the watch of nodes be behind that of Pods: a while passes first.
        var now = Determinism.Microseconds;
        if (!_missing.TryGetValue(pod.Spec.NodeName, out var since)) _missing[pod.Spec.NodeName] = since = now;
        var left = Options.LostPodQuarantine - TimeSpan.FromMicroseconds(now - since);
        return left > TimeSpan.Zero ? ControllerPlan.Wait(left) : PodCollection.End(pod, Now);
    }

    private bool NodeExists(string node) => _nodes.Objects.Get("", node) is not null;

    private void NodeChanged(Node? before, Node? now)
    {
        var name = (now ?? before)!.Metadata.Name;
        _missing.Remove(name);
        if (now is not null) return;
        foreach (var pod in _pods.Objects.InGroup(name)) Enqueue(ObjectKey.Of(pod));
    }

    private void PodChanged(Pod? before, Pod? now)
    {
        if (now is null) _surplus.Remove(ObjectKey.Of(before!)); // A later Pod of that name is another one.
        if (before is not null && PodFacts.IsTerminal(before)) _ended--;
        var ended = now is not null && PodFacts.IsTerminal(now);
        if (ended) _ended++;
        if (ended && Options.TerminatedPodThreshold > 0 && _ended > Options.TerminatedPodThreshold)
        {
            foreach (var pod in PodCollection.Surplus(_pods.Objects.All, Options.TerminatedPodThreshold))
            {
                _surplus.Add(ObjectKey.Of(pod));
                Enqueue(ObjectKey.Of(pod));
            }
        }
        // While the first lists come in, nodes may follow after the Pods on them: the queue waits for both.
        if (now is not null && PodCollection.IsLost(now, NodeExists)) Enqueue(ObjectKey.Of(now));
    }
}
