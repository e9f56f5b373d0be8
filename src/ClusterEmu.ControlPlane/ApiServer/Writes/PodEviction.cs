using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Deletes a Pod if its disruption budget allows it. Source: pkg/registry/core/pod/storage/eviction.go.</summary>
/// <remarks>Budget and Pod change in one write, so that no two evictions share one allowance.</remarks>
internal static class PodEviction
{
    private const int MaxDisrupted = 2000;

    /// <exception cref="ApiException">404 without the Pod; 429 if the budget does not allow it now; 500 if the Pod has several budgets.</exception>
    public static ApiResponse Run(StoreTransaction transaction, ApiRequest request)
    {
        var body = Creation.Located(Kinds.Pod, request.Body!, request.Namespace);
        if (body.Metadata.Name != request.Name) throw Refuse.BadRequest("name in URL does not match name in Eviction object");
        if (!transaction.Objects.TryFind(Kinds.Pod, request.Namespace, request.Name, out var current)) throw Refuse.NotFound(Kinds.Pod, request.Name);
        var pod = (Pod)current.Decode();
        if (!IsFree(pod)) TakeFromBudget(transaction, pod, request.DryRun);
        Deletion.Run(transaction, request with { Subresource = "" }, current, value => WithReason((Pod)value, transaction.Now));
        return ApiResponse.Of(new Status { Outcome = "Success", Code = 201 });
    }

    /// <summary>The end of such a Pod disrupts nothing any more.</summary>
    private static bool IsFree(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed" or "Pending" || pod.Metadata.DeletionTimestamp is not null;

    private static void TakeFromBudget(StoreTransaction transaction, Pod pod, bool dryRun)
    {
        var budgets = transaction.Objects.List(Kinds.PodDisruptionBudget, pod.Metadata.Namespace)
            .Where(stored => ((PodDisruptionBudget)stored.Decode()).Spec.Selector is { } selector && LabelSelectors.Matches(selector, pod.Metadata.Labels)).ToList();
        if (budgets.Count == 0) return;
        if (budgets.Count > 1)
        {
            throw new ApiException(new Status
            {
                Outcome = "Failure",
                Message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
                Code = 500,
            });
        }
        var budget = (PodDisruptionBudget)budgets[0].Decode();
        if (!PodFacts.IsReady(pod) && AllowsUnhealthy(budget)) return;
        var taken = Taken(budget, pod.Metadata.Name, transaction.Now);
        if (!dryRun) transaction.PutIfChanged(budgets[0], taken);
    }

    private static bool AllowsUnhealthy(PodDisruptionBudget budget) => budget.Spec.UnhealthyPodEvictionPolicy == "AlwaysAllow"
        || (budget.Status.DesiredHealthy > 0 && budget.Status.CurrentHealthy >= budget.Status.DesiredHealthy);

    private static PodDisruptionBudget Taken(PodDisruptionBudget budget, string pod, DateTimeOffset now)
    {
        var (name, status) = (budget.Metadata.Name, budget.Status);
        if (status.ObservedGeneration < budget.Metadata.Generation) throw Refuse.Disruption($"The disruption budget {name} is still being processed by the server.", 10);
        if (status.DisruptionsAllowed < 0) throw Forbidden(name, "pdb disruptions allowed is negative");
        if (status.DisruptedPods.Count > MaxDisrupted) throw Forbidden(name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        if (status.DisruptionsAllowed == 0) throw Refuse.Disruption(Why(name, status), 0);
        status = status with
        {
            DisruptionsAllowed = status.DisruptionsAllowed - 1,
            DisruptedPods = new SortedDictionary<string, DateTimeOffset>(status.DisruptedPods.ToDictionary(), StringComparer.Ordinal) { [pod] = now },
        };
        if (status.DisruptionsAllowed == 0) status = status with { Conditions = DisruptionConditions.Of(status, budget.Metadata.Generation, now) };
        return budget with { Status = status };
    }

    private static string Why(string name, PodDisruptionBudgetStatus status)
    {
        var allowed = status.Conditions.FirstOrDefault(condition => condition is { Type: DisruptionConditions.Allowed, Status: "False", Message.Length: > 0 });
        if (allowed is { Reason: DisruptionConditions.SyncFailed })
            return $"The disruption budget {name} does not allow evicting pods currently because it failed sync: {allowed.Message}";
        if (status.CurrentHealthy <= status.DesiredHealthy)
            return $"The disruption budget {name} needs {status.DesiredHealthy} healthy pods and has {status.CurrentHealthy} currently";
        return allowed is null
            ? $"The disruption budget {name} does not allow evicting pods currently"
            : $"The disruption budget {name} does not allow evicting pods currently ({allowed.Reason}): {allowed.Message}";
    }

    private static ApiException Forbidden(string name, string why) => new(new Status
    {
        Outcome = "Failure",
        Code = 403,
        Reason = "Forbidden",
        Message = $"poddisruptionbudget.policy \"{name}\" is forbidden: {why}",
        Details = new StatusDetails { Name = name, Group = "policy", Kind = "poddisruptionbudget" },
    });

    private static Pod WithReason(Pod pod, DateTimeOffset now) => pod with
    {
        Status = pod.Status with
        {
            Conditions = PodFacts.WithCondition(
                pod, new PodCondition { Type = "DisruptionTarget", Status = "True", Reason = "EvictionByEvictionAPI", Message = "Eviction API: evicting" }, now),
        },
    };
}
