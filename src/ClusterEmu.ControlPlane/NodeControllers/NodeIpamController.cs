using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Gives every node its Pod range. <see cref="NodePodRanges"/> decides.</summary>
public sealed class NodeIpamController : ControllerActor
{
    private readonly InformerView<Node> _nodes;
    private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);

    public NodeIpamController(ControllerServices services) : base(services, "cidrAllocator") =>
        _nodes = Follow<Node>(Kinds.Node, NodeChanged);

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new NodeIpamController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_nodes.Objects.Get(key) is not { } node) return ControllerPlan.Nothing;
        var others = _holders.Where(held => held.Value != key.Name).Select(held => held.Key).ToHashSet(StringComparer.Ordinal);
        var plan = NodePodRanges.Plan(node, Options, others);
        foreach (var call in plan.Calls) _holders.TryAdd(((Node)call.Body!).Spec.PodCIDR, key.Name);
        return plan;
    }

    private void NodeChanged(Node? before, Node? now)
    {
        var name = (now ?? before)!.Metadata.Name;
        if (now is null)
        {
            foreach (var range in _holders.Where(held => held.Value == name).Select(held => held.Key).ToList()) _holders.Remove(range);
            return;
        }
        if (now.Spec.PodCIDR.Length > 0) _holders.TryAdd(now.Spec.PodCIDR, name);
        else Enqueue(ObjectKey.Of(now));
    }
}
