using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>How many Pods each ReplicaSet of a Deployment may have. Pure. Source: pkg/controller/deployment/util/deployment_util.go.</summary>
public static class DeploymentScale
{
    public static bool IsRollingUpdate(Deployment deployment) => deployment.Spec.Strategy.Type != "Recreate";

    public static int Wanted(Deployment deployment) => deployment.Spec.Replicas ?? 1;

    /// <summary>Pods beyond the wanted number during a rollout.</summary>
    public static int MaxSurge(Deployment deployment) => IsRollingUpdate(deployment) && Wanted(deployment) > 0 ? Fenceposts(deployment).Surge : 0;

    /// <summary>Pods that may be missing during a rollout.</summary>
    public static int MaxUnavailable(Deployment deployment)
    {
        if (!IsRollingUpdate(deployment) || Wanted(deployment) == 0) return 0;
        return Math.Min(Fenceposts(deployment).Unavailable, Wanted(deployment));
    }

    /// <summary>How large the new ReplicaSet may be now.</summary>
    public static int NewSetSize(Deployment deployment, IReadOnlyList<ReplicaSet> all, ReplicaSet? current)
    {
        if (!IsRollingUpdate(deployment)) return Wanted(deployment);
        var total = all.Sum(ReplicaSetRoles.Wanted);
        var limit = Wanted(deployment) + MaxSurge(deployment);
        var size = current is null ? 0 : ReplicaSetRoles.Wanted(current);
        if (total >= limit) return size;
        return size + Math.Min(limit - total, Wanted(deployment) - size);
    }

    /// <summary>The new sizes when a Deployment is scaled in the middle of a rollout: each ReplicaSet grows or shrinks in proportion.</summary>
    /// <returns>Sizes by UID.</returns>
    public static IReadOnlyDictionary<string, int> Proportional(Deployment deployment, IReadOnlyList<ReplicaSet> active)
    {
        var sizes = active.ToDictionary(set => set.Metadata.Uid, ReplicaSetRoles.Wanted, StringComparer.Ordinal);
        var allowed = Wanted(deployment) > 0 ? Wanted(deployment) + MaxSurge(deployment) : 0;
        var toAdd = allowed - active.Sum(ReplicaSetRoles.Wanted);
        // Scaling up, larger and newer ones get the rest; scaling down, larger and older ones lose it.
        var bySize = active.OrderByDescending(ReplicaSetRoles.Wanted);
        var ordered = (toAdd > 0
            ? bySize.ThenByDescending(set => set.Metadata.CreationTimestamp)
            : bySize.ThenBy(set => set.Metadata.CreationTimestamp)).ToList();
        var added = 0;
        foreach (var set in ordered)
        {
            if (toAdd == 0) break;
            var share = Share(deployment, set, toAdd, added);
            sizes[set.Metadata.Uid] += share;
            added += share;
        }
        if (ordered.Count > 0)
        {
            var first = ordered[0].Metadata.Uid;
            sizes[first] = Math.Max(0, sizes[first] + toAdd - added);
        }
        return sizes;
    }

    private static int Share(Deployment deployment, ReplicaSet set, int toAdd, int added)
    {
        var size = ReplicaSetRoles.Wanted(set);
        if (size == 0 || toAdd == added) return 0;
        var limit = Wanted(deployment) + MaxSurge(deployment);
        var before = DeploymentRevision.MaxReplicas(set) ?? deployment.Status.Replicas;
        if (before == 0) return 0;
        var fraction = (int)Math.Round((double)size * limit / before, MidpointRounding.AwayFromZero) - size;
        var rest = toAdd - added;
        return toAdd > 0 ? Math.Min(fraction, rest) : Math.Max(fraction, rest);
    }

    private static (int Surge, int Unavailable) Fenceposts(Deployment deployment)
    {
        var rolling = deployment.Spec.Strategy.RollingUpdate;
        var surge = (rolling?.MaxSurge ?? "25%").Scaled(Wanted(deployment), roundUp: true) ?? 0;
        var unavailable = (rolling?.MaxUnavailable ?? "25%").Scaled(Wanted(deployment), roundUp: false) ?? 0;
        // Both 0 would stop the rollout for good.
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
    }
}
