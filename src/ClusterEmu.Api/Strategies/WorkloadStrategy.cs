namespace ClusterEmu.Api;

/// <summary>What happens to Deployments and ReplicaSets before their validation.</summary>
/// <remarks>
/// Source: pkg/registry/apps/{deployment,replicaset}/strategy.go. A generation counts the specifications
/// that an object has had; a controller reports which of them it has acted on.
/// </remarks>
public static class WorkloadStrategy
{
    public static Deployment PrepareForCreate(Deployment deployment) =>
        deployment with { Metadata = MetadataStrategy.ForCreate(deployment.Metadata, 1), Status = DeploymentStatus.Empty };

    public static ReplicaSet PrepareForCreate(ReplicaSet set) =>
        set with { Metadata = MetadataStrategy.ForCreate(set.Metadata, 1), Status = ReplicaSetStatus.Empty };

    /// <summary>Annotations count, too: the controller copies them to its ReplicaSets.</summary>
    /// <param name="deployment">The Deployment as the client wants it.</param>
    /// <param name="old">The Deployment as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static Deployment PrepareForUpdate(Deployment deployment, Deployment old, bool status)
    {
        if (status)
        {
            var meta = MetadataStrategy.ForUpdate(deployment.Metadata, old.Metadata);
            return deployment with { Metadata = meta with { Labels = old.Metadata.Labels }, Spec = old.Spec };
        }
        var changed = !SemanticEquality.Same(deployment.Spec, old.Spec)
            || !SemanticEquality.Same(deployment.Metadata.Annotations, old.Metadata.Annotations);
        return deployment with { Metadata = MetadataStrategy.ForUpdate(deployment.Metadata, old.Metadata, changed), Status = old.Status };
    }

    /// <inheritdoc cref="PrepareForUpdate(Deployment, Deployment, bool)"/>
    public static ReplicaSet PrepareForUpdate(ReplicaSet set, ReplicaSet old, bool status) => status
        ? set with { Metadata = MetadataStrategy.ForUpdate(set.Metadata, old.Metadata), Spec = old.Spec }
        : set with
        {
            Metadata = MetadataStrategy.ForUpdate(set.Metadata, old.Metadata, !SemanticEquality.Same(set.Spec, old.Spec)),
            Status = old.Status,
        };
}
