using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>What controllers ask of a Pod. Pure. Source: pkg/api/v1/pod/util.go.</summary>
public static class PodFacts
{
    public static PodCondition? Condition(Pod pod, string type)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == type) return condition;
        }
        return null;
    }

    public static bool IsReady(Pod pod) => Condition(pod, "Ready") is { Status: "True" };

    /// <summary>Succeeded or failed: no container of it will run again.</summary>
    public static bool IsTerminal(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    public static bool IsTerminating(Pod pod) => pod.Metadata.DeletionTimestamp is not null;

    /// <summary>Counts as a replica: neither at its end nor being deleted.</summary>
    public static bool IsActive(Pod pod) => !IsTerminal(pod) && !IsTerminating(pod);

    /// <summary>When a ready Pod becomes available; null if it is not ready.</summary>
    public static DateTimeOffset? AvailableAt(Pod pod, int minReadySeconds)
    {
        if (Condition(pod, "Ready") is not { Status: "True" } ready) return null;
        if (minReadySeconds == 0) return DateTimeOffset.MinValue;
        return ready.LastTransitionTime is { } since ? since.AddSeconds(minReadySeconds) : null;
    }

    public static bool IsAvailable(Pod pod, int minReadySeconds, DateTimeOffset now) =>
        AvailableAt(pod, minReadySeconds) is { } at && at <= now;

    /// <summary>The Pod's conditions with one of them set. The transition time moves with the status only.</summary>
    public static IReadOnlyList<PodCondition> WithCondition(Pod pod, PodCondition condition, DateTimeOffset now)
    {
        var known = Condition(pod, condition.Type);
        var since = known is not null && known.Status == condition.Status ? known.LastTransitionTime : now;
        var next = condition with { LastTransitionTime = since };
        if (known is null) return [.. pod.Status.Conditions, next];
        return [.. pod.Status.Conditions.Select(c => c.Type == condition.Type ? next : c)];
    }
}
