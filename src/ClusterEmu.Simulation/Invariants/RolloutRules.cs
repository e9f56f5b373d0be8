using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>What one ReplicaSet of a Deployment asks for and has.</summary>
/// <param name="Wanted">spec.replicas.</param>
/// <param name="Available">status.availableReplicas.</param>
public readonly record struct SetSize(int Wanted, int Available)
{
    /// <summary>How many available Pods are left once it has its wanted size: those that are not available go first.</summary>
    public int Kept => Math.Min(Wanted, Available);
}

/// <summary>What a rolling update may do to a Deployment's ReplicaSets. Pure.</summary>
public static class RolloutRules
{
    /// <summary>What one write to a ReplicaSet's size broke; null if nothing.</summary>
    /// <param name="wanted">The Deployment's spec.replicas.</param>
    /// <param name="maxUnavailable">Pods that may be missing.</param>
    /// <param name="maxSurge">Pods that there may be beyond the wanted ones.</param>
    /// <param name="others">Its other ReplicaSets.</param>
    /// <param name="before">The ReplicaSet before the write.</param>
    /// <param name="after">And after it.</param>
    public static string? Broken(int wanted, int maxUnavailable, int maxSurge, IReadOnlyList<SetSize> others, SetSize before, SetSize after)
    {
        if (after.Wanted > before.Wanted)
        {
            var total = others.Sum(set => set.Wanted) + after.Wanted;
            return total <= wanted + maxSurge ? null : $"its ReplicaSets ask for {total} Pods, but {wanted} are wanted and maxSurge is {maxSurge}";
        }
        if (after.Wanted == before.Wanted) return null;
        var (kept, keptBefore, least) = (others.Sum(set => set.Kept) + after.Kept, others.Sum(set => set.Kept) + before.Kept, wanted - maxUnavailable);
        return kept >= least || kept >= keptBefore
            ? null
            : $"only {kept} available Pods are left by the new sizes ({keptBefore} before), but {wanted} are wanted and maxUnavailable is {maxUnavailable}";
    }

    /// <summary>maxUnavailable and maxSurge in Pods; with Recreate everything may be missing, and nothing more may be.</summary>
    /// <remarks>Source: the API reference of RollingUpdateDeployment: maxSurge is rounded up, maxUnavailable down, and not both are 0.</remarks>
    public static (int MaxUnavailable, int MaxSurge) Limits(Deployment deployment)
    {
        var wanted = deployment.Spec.Replicas ?? 1;
        if (deployment.Spec.Strategy.Type == "Recreate") return (wanted, 0);
        var rolling = deployment.Spec.Strategy.RollingUpdate;
        var surge = (rolling?.MaxSurge ?? "25%").Scaled(wanted, roundUp: true) ?? 0;
        var missing = (rolling?.MaxUnavailable ?? "25%").Scaled(wanted, roundUp: false) ?? 0;
        return surge == 0 && missing == 0 ? (1, 0) : (Math.Min(missing, wanted), surge);
    }
}
