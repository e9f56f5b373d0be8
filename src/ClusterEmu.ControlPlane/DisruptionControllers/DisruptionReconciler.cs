using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What the disruption controller knows of one budget.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Pods">The Pods that it selects.</param>
/// <param name="ScaleOf">How many Pods a Pod's controller should have; null if it is none of those that are known.</param>
/// <param name="Now">The time.</param>
public sealed record DisruptionFacts(PodDisruptionBudget Budget, IReadOnlyList<Pod> Pods, Func<OwnerReference, DisruptionScale?> ScaleOf, DateTimeOffset Now);

/// <param name="Uid">Of the workload that decides.</param>
/// <param name="Replicas">How many Pods it should have.</param>
public sealed record DisruptionScale(string Uid, int Replicas);

/// <summary>Works out how many evictions a budget allows. Pure. Source: pkg/controller/disruption/disruption.go.</summary>
public static class DisruptionReconciler
{
    /// <summary>How long a Pod may take from its allowed eviction to its deletion.</summary>
    public static readonly TimeSpan DeletionTimeout = TimeSpan.FromMinutes(2);

    public static ControllerPlan Plan(DisruptionFacts facts)
    {
        var (budget, pods) = (facts.Budget, facts.Pods);
        List<PlannedEvent> events = pods.Count > 0 ? [] : [new(budget, RecordEvent.Normal, "NoPods", "No matching pods found")];
        var (expected, desired, unmanaged, problem) = Expected(facts);
        if (problem is not null)
        {
            events.Add(new(budget, RecordEvent.Warning, "CalculateExpectedPodCountFailed", $"Failed to calculate the number of expected pods: {problem}"));
            return Write(budget, budget.Status with { DisruptionsAllowed = 0, Conditions = DisruptionConditions.OfFailure(budget.Status, problem, facts.Now) }, events, null);
        }
        if (unmanaged)
        {
            events.Add(new(budget, RecordEvent.Warning, "UnmanagedPods",
                $"Pods selected by this PodDisruptionBudget (selector: {Shown(budget.Spec.Selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, " +
                "which may result in undefined behavior. To account for these pods please set \".spec.minAvailable\" field of the PDB to an integer value."));
        }
        var (disrupted, recheck) = StillDisrupted(facts, events);
        var healthy = pods.Count(pod => !PodFacts.IsTerminating(pod) && !disrupted.ContainsKey(pod.Metadata.Name) && PodFacts.IsReady(pod));
        // A budget that no Pod belongs to yet is safe for the first one only if it allows nothing.
        var allowed = expected <= 0 ? 0 : Math.Max(0, healthy - desired);
        var status = budget.Status with
        {
            ObservedGeneration = budget.Metadata.Generation,
            DisruptedPods = disrupted,
            DisruptionsAllowed = allowed,
            CurrentHealthy = healthy,
            DesiredHealthy = desired,
            ExpectedPods = expected,
        };
        return Write(budget, status with { Conditions = DisruptionConditions.Of(status, budget.Metadata.Generation, facts.Now) }, events, recheck - facts.Now);
    }

    private static ControllerPlan Write(PodDisruptionBudget budget, PodDisruptionBudgetStatus status, List<PlannedEvent> events, TimeSpan? lookAgain) => new()
    {
        Calls = ApiText.Same(status, budget.Status) ? [] : [ApiCall.UpdateStatus(budget with { Status = status })],
        Events = events,
        LookAgainAfter = lookAgain,
    };

    private static (int Expected, int Desired, bool Unmanaged, string? Problem) Expected(DisruptionFacts facts)
    {
        var spec = facts.Budget.Spec;
        if (spec is { MaxUnavailable: null, MinAvailable: { IsString: false } fixedNumber }) return (facts.Pods.Count, fixedNumber.Number, false, null);
        if ((spec.MaxUnavailable ?? spec.MinAvailable) is not { } share) return (0, 0, false, null);
        var scales = new Dictionary<string, int>(StringComparer.Ordinal);
        var unmanaged = false;
        foreach (var pod in facts.Pods)
        {
            if (ObjectOwners.ControllerOf(pod) is not { } owner)
            {
                unmanaged = true;
                continue;
            }
            if (facts.ScaleOf(owner) is not { } scale) return (0, 0, false, $"found no controllers for pod \"{pod.Metadata.Name}\"");
            scales[scale.Uid] = scale.Replicas;
        }
        var expected = scales.Values.Sum();
        if (share.Scaled(expected, roundUp: true) is not { } amount)
            return (0, 0, false, $"invalid value for IntOrString: invalid type: string is not a percentage: \"{share}\"");
        return (expected, spec.MaxUnavailable is null ? amount : Math.Max(0, expected - amount), unmanaged, null);
    }

    /// <summary>Evictions whose Pods are still there, and when to look after the first of them again.</summary>
    private static (IReadOnlyDictionary<string, DateTimeOffset> Disrupted, DateTimeOffset? Recheck) StillDisrupted(DisruptionFacts facts, List<PlannedEvent> events)
    {
        var known = facts.Budget.Status.DisruptedPods;
        if (known.Count == 0) return (known, null);
        var left = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var pod in facts.Pods)
        {
            if (PodFacts.IsTerminating(pod) || !known.TryGetValue(pod.Metadata.Name, out var since)) continue;
            if (since + DeletionTimeout >= facts.Now) left[pod.Metadata.Name] = since;
            else
            {
                var meta = facts.Budget.Metadata;
                events.Add(new(pod, RecordEvent.Warning, "NotDeleted", $"Pod was expected by PDB {meta.Namespace}/{meta.Name} to be deleted but it wasn't"));
            }
        }
        return (left, left.Count == 0 ? null : left.Values.Min() + DeletionTimeout);
    }

    /// <summary>As Go prints the selector.</summary>
    private static string Shown(LabelSelector? selector)
    {
        if (selector is null) return "nil";
        var labels = string.Concat(selector.MatchLabels.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value},"));
        var expressions = string.Concat(selector.MatchExpressions.Select(one =>
            $"LabelSelectorRequirement{{Key:{one.Key},Operator:{one.Operator},Values:[{string.Join(' ', one.Values)}],}},"));
        return $"&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{expressions}}},}}";
    }
}
