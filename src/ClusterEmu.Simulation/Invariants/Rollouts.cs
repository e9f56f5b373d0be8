using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>
/// Rolling updates keep within maxUnavailable and maxSurge, as the API shows them: each write of a ReplicaSet's size is judged by what the
/// controller could know then.
/// </summary>
public sealed class Rollouts : IInvariant
{
    /// <summary>The controller may act on what the API said so long ago.</summary>
    private const long Stale = 1_000_000;

    private readonly Dictionary<string, List<(long At, int Available)>> _available = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _specChanged = new(StringComparer.Ordinal);
    private SimulatedWorld _world = null!;

    public string Name => "rollout-bounds";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        world.Record.Listen(Seen);
    }

    public void Check(bool healed)
    {
        // Every write was judged as it came.
    }

    private void Seen(ApiChange change)
    {
        if (change.Kind == Kinds.Deployment) DeploymentChanged(change);
        else if (change.Kind == Kinds.ReplicaSet) SetChanged(change);
    }

    private void DeploymentChanged(ApiChange change)
    {
        var uid = change.Object.Metadata.Uid;
        if (change.Now is not Deployment now) _specChanged.Remove(uid);
        else if (change.Before is not Deployment before || before.Spec.Replicas != now.Spec.Replicas || RolloutRules.Limits(before) != RolloutRules.Limits(now))
            _specChanged[uid] = change.AtMicroseconds;
    }

    private void SetChanged(ApiChange change)
    {
        var uid = change.Object.Metadata.Uid;
        if (change.Now is not ReplicaSet now)
        {
            _available.Remove(uid);
            return;
        }
        if (!_available.TryGetValue(uid, out var counts)) _available[uid] = counts = [];
        counts.Add((change.AtMicroseconds, now.Status.AvailableReplicas));
        while (counts.Count > 1 && counts[1].At <= change.AtMicroseconds - Stale) counts.RemoveAt(0);
        if (change.Before is ReplicaSet before && before.Metadata.Uid == uid && before.Spec.Replicas != now.Spec.Replicas) Resized(before, now, change.AtMicroseconds);
    }

    private void Resized(ReplicaSet before, ReplicaSet now, long at)
    {
        if (now.Metadata.OwnerReferences.FirstOrDefault(owner => owner is { Kind: "Deployment", Controller: true }) is not { } owner) return;
        if (_world.Record.Get<Deployment>(Kinds.Deployment, now.Metadata.Namespace, owner.Name) is not { } deployment || deployment.Metadata.Uid != owner.Uid) return;
        // When a Deployment's own numbers have just changed, its controller may still act on the former ones.
        if (deployment.Metadata.DeletionTimestamp is not null || at - _specChanged.GetValueOrDefault(owner.Uid) < Stale) return;
        var (missing, surge) = RolloutRules.Limits(deployment);
        IReadOnlyList<SetSize> others =
        [
            .. _world.Record.All<ReplicaSet>(Kinds.ReplicaSet)
                .Where(set => set.Metadata.Uid != now.Metadata.Uid && set.Metadata.OwnerReferences.Any(other => other.Uid == owner.Uid))
                .Select(set => new SetSize(set.Spec.Replicas ?? 1, Available(set.Metadata.Uid, at))),
        ];
        var available = Available(now.Metadata.Uid, at);
        var broken = RolloutRules.Broken(
            deployment.Spec.Replicas ?? 1, missing, surge, others,
            new SetSize(before.Spec.Replicas ?? 1, available), new SetSize(now.Spec.Replicas ?? 1, available));
        if (broken is null) return;
        _world.Report(new Violation(Name, at,
            $"Deployment {deployment.Metadata.Namespace}/{deployment.Metadata.Name}: ReplicaSet {now.Metadata.Name} went from {before.Spec.Replicas} to {now.Spec.Replicas}, and {broken}."));
    }

    /// <summary>The most that were available lately.</summary>
    private int Available(string uid, long at)
    {
        if (!_available.TryGetValue(uid, out var counts)) return 0;
        var most = 0;
        for (var i = counts.Count - 1; i >= 0; i--)
        {
            most = Math.Max(most, counts[i].Available);
            if (counts[i].At <= at - Stale) break;
        }
        return most;
    }
}
