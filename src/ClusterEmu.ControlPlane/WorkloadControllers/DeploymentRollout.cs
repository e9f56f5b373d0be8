using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>The next sizes of a Deployment's ReplicaSets. Pure. Source: pkg/controller/deployment/{rolling,recreate,sync}.go.</summary>
public static class DeploymentRollout
{
    /// <summary>Sizes that differ from the present ones, by UID. The new ReplicaSet must exist.</summary>
    public static IReadOnlyDictionary<string, int> RollingUpdate(Deployment deployment, ReplicaSetRoles roles)
    {
        var current = roles.New!;
        var wanted = DeploymentScale.Wanted(deployment);
        var size = ReplicaSetRoles.Wanted(current);
        var next = size > wanted ? wanted : DeploymentScale.NewSetSize(deployment, roles.All, current);
        return next != size ? One(current, next) : ShrinkOld(deployment, roles);
    }

    /// <summary>As <see cref="RollingUpdate"/> for the strategy Recreate: nothing of the old before anything of the new.</summary>
    public static IReadOnlyDictionary<string, int> Recreate(Deployment deployment, ReplicaSetRoles roles, bool oldPodsLeft)
    {
        var old = roles.Old.Where(set => ReplicaSetRoles.Wanted(set) > 0).ToList();
        if (old.Count > 0) return old.ToDictionary(set => set.Metadata.Uid, _ => 0, StringComparer.Ordinal);
        if (oldPodsLeft || roles.New is null) return None;
        var wanted = DeploymentScale.Wanted(deployment);
        return ReplicaSetRoles.Wanted(roles.New) == wanted ? None : One(roles.New, wanted);
    }

    /// <summary>The sizes after the Deployment itself was scaled, or while it is paused.</summary>
    public static IReadOnlyDictionary<string, int> Scaled(Deployment deployment, ReplicaSetRoles roles)
    {
        var wanted = DeploymentScale.Wanted(deployment);
        var active = roles.All.Where(set => ReplicaSetRoles.Wanted(set) > 0).ToList();
        if (active.Count <= 1)
        {
            var only = active.FirstOrDefault() ?? roles.New ?? roles.Old.LastOrDefault();
            return only is null || ReplicaSetRoles.Wanted(only) == wanted ? None : One(only, wanted);
        }
        if (roles.New is { } current && IsSaturated(deployment, current))
        {
            return active.Where(set => set != current).ToDictionary(set => set.Metadata.Uid, _ => 0, StringComparer.Ordinal);
        }
        return DeploymentScale.IsRollingUpdate(deployment) ? DeploymentScale.Proportional(deployment, active) : None;
    }

    /// <summary>True if the Deployment's size changed since its ReplicaSets were last sized.</summary>
    public static bool WasScaled(Deployment deployment, ReplicaSetRoles roles) => roles.All.Any(set =>
        ReplicaSetRoles.Wanted(set) > 0
        && DeploymentRevision.Desired(set) is { } desired && desired != DeploymentScale.Wanted(deployment));

    private static readonly IReadOnlyDictionary<string, int> None = new Dictionary<string, int>(StringComparer.Ordinal);

    private static Dictionary<string, int> One(ReplicaSet set, int size) => new(StringComparer.Ordinal) { [set.Metadata.Uid] = size };

    private static bool IsSaturated(Deployment deployment, ReplicaSet set) =>
        ReplicaSetRoles.Wanted(set) == DeploymentScale.Wanted(deployment)
        && DeploymentRevision.Desired(set) == DeploymentScale.Wanted(deployment)
        && set.Status.AvailableReplicas == DeploymentScale.Wanted(deployment);

    /// <summary>Until a ReplicaSet that shrinks has deleted Pods, its status counts more than will stay; Kubernetes counts those too.</summary>
    private static int AvailableToStay(ReplicaSet set) => Math.Min(set.Status.AvailableReplicas, ReplicaSetRoles.Wanted(set));

    private static IReadOnlyDictionary<string, int> ShrinkOld(Deployment deployment, ReplicaSetRoles roles)
    {
        var current = roles.New!;
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        if (roles.Old.Sum(ReplicaSetRoles.Wanted) == 0) return sizes;
        var least = DeploymentScale.Wanted(deployment) - DeploymentScale.MaxUnavailable(deployment);
        var newMissing = ReplicaSetRoles.Wanted(current) - AvailableToStay(current);
        var spare = roles.All.Sum(ReplicaSetRoles.Wanted) - least - newMissing;
        if (spare <= 0) return sizes;

        // First those that serve nobody, so that a stuck rollout can be mended.
        var dropped = 0;
        foreach (var set in roles.Old)
        {
            if (dropped >= spare) break;
            var size = ReplicaSetRoles.Wanted(set);
            if (size == 0 || size == set.Status.AvailableReplicas) continue;
            // It still counts Pods that it is about to delete: until it has, nobody knows how many there are to spare.
            if (size < set.Status.AvailableReplicas) return sizes;
            var unhealthy = Math.Min(spare - dropped, size - set.Status.AvailableReplicas);
            sizes[set.Metadata.Uid] = size - unhealthy;
            dropped += unhealthy;
        }
        var available = roles.All.Sum(AvailableToStay) - least;
        foreach (var set in roles.Old)
        {
            var size = sizes.GetValueOrDefault(set.Metadata.Uid, ReplicaSetRoles.Wanted(set));
            var step = Math.Min(size, available);
            if (step <= 0) continue;
            sizes[set.Metadata.Uid] = size - step;
            available -= step;
        }
        return sizes;
    }
}
