namespace ClusterEmu.Api;

/// <summary>What happens to a Node before its validation. Source: pkg/registry/core/node/strategy.go.</summary>
public static class NodeStrategy
{
    /// <summary>A kubelet registers its node together with its status, which is kept.</summary>
    public static Node PrepareForCreate(Node node) => node with { Metadata = MetadataStrategy.ForCreate(node.Metadata, 0) };

    /// <param name="node">The Node as the client wants it.</param>
    /// <param name="old">The Node as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static Node PrepareForUpdate(Node node, Node old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(node.Metadata, old.Metadata);
        return status ? node with { Metadata = meta, Spec = old.Spec } : node with { Metadata = meta, Status = old.Status };
    }
}
