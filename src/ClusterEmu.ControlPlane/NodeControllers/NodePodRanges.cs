using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Which Pod range a node gets. Pure. Source of the behaviour: pkg/controller/nodeipam.</summary>
public static class NodePodRanges
{
    /// <param name="node">A node without a Pod range.</param>
    /// <param name="options">The range of the cluster and the size of a node's part.</param>
    /// <param name="taken">Ranges that other nodes have.</param>
    /// <returns>
    /// The range: node-3 gets the third if it is free, so that addresses are easy to follow; any other the lowest free one.
    /// Null if all are taken.
    /// </returns>
    public static string? Choose(Node node, ControllerOptions options, IReadOnlySet<string> taken)
    {
        var count = options.PodRange.SubnetCount(options.NodePodPrefix);
        if (NumberOf(node.Metadata.Name) is { } number && number >= 1 && number <= count)
        {
            var own = options.PodRange.Subnet(options.NodePodPrefix, number - 1).ToString();
            if (!taken.Contains(own)) return own;
        }
        for (var n = 0; n < count; n++)
        {
            var range = options.PodRange.Subnet(options.NodePodPrefix, n).ToString();
            if (!taken.Contains(range)) return range;
        }
        return null;
    }

    public static ControllerPlan Plan(Node node, ControllerOptions options, IReadOnlySet<string> taken)
    {
        if (node.Spec.PodCIDR.Length > 0 || node.Metadata.DeletionTimestamp is not null) return ControllerPlan.Nothing;
        if (Choose(node, options, taken) is { } range)
            return ControllerPlan.Of(ApiCall.Update(node with { Spec = node.Spec with { PodCIDR = range, PodCIDRs = [range] } }));
        return new ControllerPlan
        {
            Events = [new(node, RecordEvent.Normal, "CIDRNotAvailable", $"Node {node.Metadata.Name} status is now: CIDRNotAvailable")],
            LookAgainAfter = TimeSpan.FromSeconds(10),
        };
    }

    private static int? NumberOf(string name)
    {
        var start = name.LastIndexOf('-') + 1;
        return int.TryParse(name.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
