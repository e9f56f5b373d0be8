using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Gives every node its Pod range. <see cref="NodePodRanges"/> decides.</summary>
public sealed class NodeIpamController : ControllerActor
{
    private readonly InformerView<Node> _nodes;

    /// <summary>Ranges promised to Nodes that do not show theirs yet, by the Node's name.</summary>
    private readonly Dictionary<string, string> _promised = new(StringComparer.Ordinal);

    public NodeIpamController(ControllerServices services) : base(services, "cidrAllocator") =>
        _nodes = Follow<Node>(Kinds.Node, NodeChanged);

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new NodeIpamController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_nodes.Objects.Get(key) is not { } node) return ControllerPlan.Nothing;
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in _nodes.Objects.All)
            if (other.Metadata.Name != key.Name && other.Spec.PodCIDR.Length > 0) others.Add(other.Spec.PodCIDR);
        foreach (var (name, range) in _promised)
            if (name != key.Name) others.Add(range);
        var plan = NodePodRanges.Plan(node, Options, others);
        foreach (var call in plan.Calls) _promised[key.Name] = ((Node)call.Body!).Spec.PodCIDR;
        return plan;
    }

    private void NodeChanged(Node? before, Node? now)
    {
        var name = (now ?? before)!.Metadata.Name;
        if (now is null || now.Spec.PodCIDR.Length > 0) _promised.Remove(name);
        else Enqueue(ObjectKey.Of(now));
    }
}
