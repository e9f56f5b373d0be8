using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>The Lease by which a node shows that it lives.</summary>
/// <remarks>Source: k8s.io/component-helpers apimachinery/lease.</remarks>
public static class NodeLeases
{
    public const string Namespace = "kube-node-lease";

    /// <summary>The Lease as it should be now.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="nodeUid">Of the Node object; empty if it is not known: then the Lease has no owner yet.</param>
    /// <param name="current">What the API has; null if nothing.</param>
    /// <param name="duration">How long others may trust it.</param>
    /// <param name="now">The time of renewal.</param>
    public static Lease Next(string node, string nodeUid, Lease? current, TimeSpan duration, DateTimeOffset now)
    {
        var meta = current?.Metadata ?? new ObjectMeta { Name = node, Namespace = Namespace };
        if (meta.OwnerReferences.Count == 0 && nodeUid.Length > 0)
            meta = meta with { OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = node, Uid = nodeUid }] };
        return new Lease
        {
            Metadata = meta,
            Spec = (current?.Spec ?? LeaseSpec.Empty) with
            {
                HolderIdentity = node,
                LeaseDurationSeconds = (int)Math.Ceiling(duration.TotalSeconds),
                RenewTime = now,
            },
        };
    }
}
