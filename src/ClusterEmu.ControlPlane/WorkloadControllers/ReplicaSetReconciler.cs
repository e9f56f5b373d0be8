using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What a ReplicaSet's reconciliation looks at.</summary>
/// <param name="Set">The ReplicaSet.</param>
/// <param name="Owned">Pods that name it as their controller, in any state.</param>
/// <param name="Orphans">Pods of its namespace that its selector matches and that nobody controls.</param>
/// <param name="Related">Pods of all ReplicaSets of the same Deployment.</param>
/// <param name="Failure">What the last create or delete of a Pod failed with; null if it did not.</param>
/// <param name="Now">The time.</param>
public sealed record ReplicaSetFacts(
    ReplicaSet Set, IReadOnlyList<Pod> Owned, IReadOnlyList<Pod> Orphans, IReadOnlyList<Pod> Related, string? Failure, DateTimeOffset Now);

/// <summary>Keeps the number of a ReplicaSet's Pods. Pure. Source: pkg/controller/replicaset.</summary>
public static class ReplicaSetReconciler
{
    /// <summary>Pods made or deleted by one plan at most; the next plan goes on.</summary>
    public const int Burst = 500;

    public static ControllerPlan Plan(ReplicaSetFacts facts)
    {
        var set = facts.Set;
        var selector = set.Spec.Selector ?? new LabelSelector();
        var calls = new List<ApiCall>();
        var active = new List<Pod>();
        foreach (var pod in facts.Owned)
        {
            if (!PodFacts.IsActive(pod)) continue;
            if (LabelSelectors.Matches(selector, pod.Metadata.Labels)) active.Add(pod);
            else calls.Add(ApiCall.Update(pod with { Metadata = ObjectOwners.Released(pod.Metadata, set.Metadata.Uid) }));
        }
        var deleting = set.Metadata.DeletionTimestamp is not null;
        if (!deleting)
        {
            foreach (var pod in facts.Orphans)
            {
                if (!PodFacts.IsActive(pod) || !LabelSelectors.Matches(selector, pod.Metadata.Labels)) continue;
                calls.Add(ApiCall.Update(pod with { Metadata = ObjectOwners.Adopted(pod.Metadata, set) }));
                active.Add(pod);
            }
            calls.AddRange(Manage(facts, active));
        }
        var status = ReplicaSetStatusOf(facts, active);
        if (!ApiText.Same(status, set.Status)) calls.Add(ApiCall.UpdateStatus(set with { Status = status }));
        return new ControllerPlan { Calls = calls, LookAgainAfter = NextAvailable(facts, active) };
    }

    /// <summary>A Pod as the ReplicaSet makes it. The API server completes the name.</summary>
    public static Pod NewPod(ReplicaSet set) => new()
    {
        Metadata = new ObjectMeta
        {
            GenerateName = set.Metadata.Name + "-",
            Namespace = set.Metadata.Namespace,
            Labels = set.Spec.Template.Metadata.Labels,
            Annotations = set.Spec.Template.Metadata.Annotations,
            Finalizers = set.Spec.Template.Metadata.Finalizers,
            OwnerReferences = [ObjectOwners.Reference(set)],
        },
        Spec = set.Spec.Template.Spec,
    };

    private static IEnumerable<ApiCall> Manage(ReplicaSetFacts facts, List<Pod> active)
    {
        var set = facts.Set;
        var missing = (set.Spec.Replicas ?? 1) - active.Count;
        // After a failure one Pod tries whether it works again, as Kubernetes' slow start does.
        var burst = facts.Failure is null ? Burst : 1;
        if (missing > 0)
        {
            var pod = NewPod(set);
            return Enumerable.Range(0, Math.Min(missing, burst)).Select(_ => ApiCall.Create(pod));
        }
        return PodRanking.ToDelete(active, facts.Related, Math.Min(-missing, burst), facts.Now).Select(DeleteOf);
    }

    private static ApiCall DeleteOf(Pod pod) => ApiCall.Delete(
        Kinds.Pod, pod.Metadata.Namespace, pod.Metadata.Name, new DeleteOptions { Preconditions = new Preconditions { Uid = pod.Metadata.Uid } });

    private static ReplicaSetStatus ReplicaSetStatusOf(ReplicaSetFacts facts, List<Pod> active)
    {
        var set = facts.Set;
        var template = set.Spec.Template.Metadata.Labels;
        var (labelled, ready, available) = (0, 0, 0);
        foreach (var pod in active)
        {
            if (template.All(label => pod.Metadata.Labels.GetValueOrDefault(label.Key) == label.Value)) labelled++;
            if (!PodFacts.IsReady(pod)) continue;
            ready++;
            if (PodFacts.IsAvailable(pod, set.Spec.MinReadySeconds, facts.Now)) available++;
        }
        return new ReplicaSetStatus
        {
            Replicas = active.Count,
            FullyLabeledReplicas = labelled,
            ReadyReplicas = ready,
            AvailableReplicas = available,
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(facts, active.Count),
        };
    }

    private static IReadOnlyList<ReplicaSetCondition> Conditions(ReplicaSetFacts facts, int active)
    {
        var others = facts.Set.Status.Conditions.Where(condition => condition.Type != "ReplicaFailure");
        if (facts.Failure is null) return [.. others];
        var known = facts.Set.Status.Conditions.FirstOrDefault(condition => condition.Type == "ReplicaFailure");
        if (known is not null) return facts.Set.Status.Conditions;
        return
        [
            .. others,
            new ReplicaSetCondition
            {
                Type = "ReplicaFailure",
                Status = "True",
                Reason = active < (facts.Set.Spec.Replicas ?? 1) ? "FailedCreate" : "FailedDelete",
                Message = facts.Failure,
                LastTransitionTime = facts.Now,
            },
        ];
    }

    private static TimeSpan? NextAvailable(ReplicaSetFacts facts, List<Pod> active)
    {
        if (facts.Set.Spec.MinReadySeconds == 0) return null;
        DateTimeOffset? next = null;
        foreach (var pod in active)
        {
            if (PodFacts.AvailableAt(pod, facts.Set.Spec.MinReadySeconds) is { } at && at > facts.Now && !(next <= at)) next = at;
        }
        return next - facts.Now;
    }
}
