using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>The status of a Deployment and its conditions. Pure. Source: pkg/controller/deployment/{sync,progress}.go.</summary>
public static class DeploymentProgress
{
    private const string Progressing = "Progressing";
    private const string Available = "Available";
    private const string ReplicaFailure = "ReplicaFailure";
    private const string NewSetAvailable = "NewReplicaSetAvailable";
    private const string TimedOut = "ProgressDeadlineExceeded";

    public static DeploymentStatus Status(Deployment deployment, ReplicaSetRoles roles, DateTimeOffset now)
    {
        var status = Counts(deployment, roles);
        var conditions = new List<DeploymentCondition>(deployment.Status.Conditions);
        var enough = status.AvailableReplicas >= DeploymentScale.Wanted(deployment) - DeploymentScale.MaxUnavailable(deployment);
        Set(conditions, now, enough
            ? Condition(Available, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
            : Condition(Available, "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."));
        SetProgress(deployment, roles, status, conditions, now);
        var failure = roles.All.SelectMany(set => set.Status.Conditions).FirstOrDefault(condition => condition.Type == ReplicaFailure);
        if (failure is null) conditions.RemoveAll(condition => condition.Type == ReplicaFailure);
        else Set(conditions, now, Condition(ReplicaFailure, failure.Status, failure.Reason, failure.Message));
        return status with { Conditions = conditions };
    }

    /// <summary>True if the rollout has ended well. Source: deployment_util.go, DeploymentComplete.</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var wanted = DeploymentScale.Wanted(deployment);
        return status.UpdatedReplicas == wanted && status.Replicas == wanted && status.AvailableReplicas == wanted
            && status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    /// <summary>When to look whether a rollout that stands still is past its deadline; null if it needs no watching.</summary>
    public static TimeSpan? NextCheck(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        var known = Find(status.Conditions, Progressing);
        if (!HasDeadline(deployment) || known is null || known.Reason is NewSetAvailable or TimedOut) return null;
        if (IsComplete(deployment, status) || known.LastUpdateTime is not { } since) return null;
        // A second more, because stored times have whole seconds.
        var left = since.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value + 1) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1);
    }

    private static DeploymentStatus Counts(Deployment deployment, ReplicaSetRoles roles)
    {
        var total = roles.All.Sum(set => set.Status.Replicas);
        var available = roles.All.Sum(set => set.Status.AvailableReplicas);
        return new DeploymentStatus
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = total,
            UpdatedReplicas = roles.New?.Status.Replicas ?? 0,
            ReadyReplicas = roles.All.Sum(set => set.Status.ReadyReplicas),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, roles.All.Sum(ReplicaSetRoles.Wanted) - available),
            CollisionCount = deployment.Status.CollisionCount,
        };
    }

    private static void SetProgress(
        Deployment deployment, ReplicaSetRoles roles, DeploymentStatus status, List<DeploymentCondition> conditions, DateTimeOffset now)
    {
        if (!HasDeadline(deployment))
        {
            conditions.RemoveAll(condition => condition.Type == Progressing);
            return;
        }
        var known = Find(conditions, Progressing);
        if (SetPaused(deployment, known, conditions, now) || deployment.Spec.Paused) return;
        known = Find(conditions, Progressing);
        if (known is null && roles.New is { } made)
        {
            // A ReplicaSet that its controller has not seen yet is one that was made just now.
            Set(conditions, now, made.Status.ObservedGeneration == 0
                ? Condition(Progressing, "True", "NewReplicaSetCreated", $"Created new replica set \"{made.Metadata.Name}\"")
                : Condition(Progressing, "True", "FoundNewReplicaSet", $"Found new replica set \"{made.Metadata.Name}\""));
        }
        else if (roles.New is { } next && DeploymentRevision.IsNews(deployment, next))
        {
            // Each rollout has a deadline of its own, also where nothing of the old is left that could be counted down (Recreate).
            Set(conditions, now, Condition(Progressing, "True", "NewReplicaSetCreated", $"Created new replica set \"{next.Metadata.Name}\""));
        }
        known = Find(conditions, Progressing);
        if (status.Replicas == status.UpdatedReplicas && known?.Reason == NewSetAvailable) return;
        var name = roles.New is { } current ? $"ReplicaSet \"{current.Metadata.Name}\"" : $"Deployment \"{deployment.Metadata.Name}\"";
        if (IsComplete(deployment, status))
            Set(conditions, now, Condition(Progressing, "True", NewSetAvailable, $"{name} has successfully progressed."));
        else if (HasProgressed(deployment.Status, status))
            Replace(conditions, now, Condition(Progressing, "True", "ReplicaSetUpdated", $"{name} is progressing."));
        else if (IsTimedOut(deployment, known, now))
            Set(conditions, now, Condition(Progressing, "False", TimedOut, $"{name} has timed out progressing."));
    }

    private static bool SetPaused(
        Deployment deployment, DeploymentCondition? known, List<DeploymentCondition> conditions, DateTimeOffset now)
    {
        if (known?.Reason == TimedOut) return false;
        var marked = known?.Reason == "DeploymentPaused";
        if (deployment.Spec.Paused == marked) return false;
        Set(conditions, now, marked
            ? Condition(Progressing, "Unknown", "DeploymentResumed", "Deployment is resumed")
            : Condition(Progressing, "Unknown", "DeploymentPaused", "Deployment is paused"));
        return true;
    }

    private static bool HasDeadline(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is { } seconds && seconds != int.MaxValue;

    private static bool HasProgressed(DeploymentStatus before, DeploymentStatus now) =>
        now.UpdatedReplicas > before.UpdatedReplicas
        || now.Replicas - now.UpdatedReplicas < before.Replicas - before.UpdatedReplicas
        || now.ReadyReplicas > before.ReadyReplicas
        || now.AvailableReplicas > before.AvailableReplicas;

    private static bool IsTimedOut(Deployment deployment, DeploymentCondition? known, DateTimeOffset now) => known?.Reason switch
    {
        null or NewSetAvailable => false,
        TimedOut => true,
        _ => known.LastUpdateTime is { } since && since.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now,
    };

    private static DeploymentCondition Condition(string type, string status, string reason, string message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message };

    private static DeploymentCondition? Find(IReadOnlyList<DeploymentCondition> conditions, string type) =>
        conditions.FirstOrDefault(condition => condition.Type == type);

    private static void Set(List<DeploymentCondition> conditions, DateTimeOffset now, DeploymentCondition condition)
    {
        if (Find(conditions, condition.Type) is { } known && known.Status == condition.Status && known.Reason == condition.Reason) return;
        Replace(conditions, now, condition);
    }

    private static void Replace(List<DeploymentCondition> conditions, DateTimeOffset now, DeploymentCondition condition)
    {
        var known = Find(conditions, condition.Type);
        conditions.RemoveAll(other => other.Type == condition.Type);
        var since = known?.Status == condition.Status ? known.LastTransitionTime : now;
        conditions.Add(condition with { LastUpdateTime = now, LastTransitionTime = since });
    }
}
