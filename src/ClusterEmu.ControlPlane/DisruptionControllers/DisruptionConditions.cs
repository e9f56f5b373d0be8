using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>The condition of a disruption budget. Pure. Source: k8s.io/component-helpers apps/poddisruptionbudget.</summary>
public static class DisruptionConditions
{
    public const string Allowed = "DisruptionAllowed";
    public const string SyncFailed = "SyncFailed";

    /// <summary>The conditions that go with a number of allowed disruptions. The transition time moves with the status only.</summary>
    public static IReadOnlyList<Condition> Of(PodDisruptionBudgetStatus status, long generation, DateTimeOffset now)
    {
        var (state, reason) = status.DisruptionsAllowed > 0 ? ("True", "SufficientPods") : ("False", "InsufficientPods");
        return With(status.Conditions, new Condition { Type = Allowed, Status = state, Reason = reason, ObservedGeneration = generation }, now);
    }

    /// <summary>The conditions if the Pods could not be counted: nothing is allowed until they can.</summary>
    public static IReadOnlyList<Condition> OfFailure(PodDisruptionBudgetStatus status, string why, DateTimeOffset now) => With(
        status.Conditions, new Condition { Type = Allowed, Status = "False", Reason = SyncFailed, Message = why, ObservedGeneration = status.ObservedGeneration }, now);

    private static IReadOnlyList<Condition> With(IReadOnlyList<Condition> conditions, Condition condition, DateTimeOffset now)
    {
        var known = conditions.FirstOrDefault(other => other.Type == condition.Type);
        var next = condition with { LastTransitionTime = known?.Status == condition.Status ? known.LastTransitionTime : now };
        return known is null ? [.. conditions, next] : [.. conditions.Select(other => other.Type == condition.Type ? next : other)];
    }
}
