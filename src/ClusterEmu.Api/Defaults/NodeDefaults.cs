namespace ClusterEmu.Api;

/// <summary>What the API server fills into a Node. Source: SetDefaults_NodeStatus and the conversions in pkg/apis/core/v1.</summary>
public static class NodeDefaults
{
    public static Node Apply(Node node)
    {
        var capacity = ContainerDefaults.RoundedUp(node.Status.Capacity);
        var allocatable = node.Status.Allocatable.Count == 0 ? capacity : ContainerDefaults.RoundedUp(node.Status.Allocatable);
        return node with { Spec = Spec(node.Spec), Status = node.Status with { Capacity = capacity, Allocatable = allocatable } };
    }

    /// <summary>Clients that know only <c>podCIDR</c> mean both fields by it.</summary>
    private static NodeSpec Spec(NodeSpec spec)
    {
        if (spec.PodCIDR.Length == 0) return spec.PodCIDRs.Count == 0 ? spec : spec with { PodCIDR = spec.PodCIDRs[0] };
        return spec.PodCIDRs.Count > 0 && spec.PodCIDRs[0] == spec.PodCIDR ? spec : spec with { PodCIDRs = [spec.PodCIDR] };
    }
}
