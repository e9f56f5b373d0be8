using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>What a Deployment's reconciliation looks at.</summary>
/// <param name="Deployment">The Deployment.</param>
/// <param name="Owned">ReplicaSets that name it as their controller.</param>
/// <param name="Orphans">ReplicaSets that its selector matches and that nobody controls.</param>
/// <param name="OldPodsLeft">True if Pods of earlier templates are not at their end yet; matters to Recreate.</param>
/// <param name="Taken">The ReplicaSet whose name the next one would have, whoever owns it; null if the name is free.</param>
/// <param name="Now">The time.</param>
public sealed record DeploymentFacts(
    Deployment Deployment,
    IReadOnlyList<ReplicaSet> Owned,
    IReadOnlyList<ReplicaSet> Orphans,
    bool OldPodsLeft,
    ReplicaSet? Taken,
    DateTimeOffset Now);

/// <summary>A Deployment's ReplicaSets by their part in the rollout.</summary>
/// <param name="New">That of the present template; null if there is none.</param>
/// <param name="Old">All others, oldest first.</param>
public sealed record ReplicaSetRoles(ReplicaSet? New, IReadOnlyList<ReplicaSet> Old)
{
    public IReadOnlyList<ReplicaSet> All { get; } = New is null ? Old : [.. Old, New];

    /// <summary>Of several with the present template the oldest is the new one. Source: deployment_util.go, FindNewReplicaSet.</summary>
    public static ReplicaSetRoles Of(Deployment deployment, IEnumerable<ReplicaSet> sets)
    {
        var sorted = sets.OrderBy(set => set.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue)
            .ThenBy(set => set.Metadata.Name, StringComparer.Ordinal).ToList();
        var current = sorted.Find(set => PodTemplateHash.Same(set.Spec.Template, deployment.Spec.Template));
        return new(current, [.. sorted.Where(set => set != current)]);
    }

    public static int Wanted(ReplicaSet set) => set.Spec.Replicas ?? 1;
}
