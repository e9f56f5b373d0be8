namespace ClusterEmu.Api;

/// <summary>What Kubernetes' standard admission plugins give every new Pod: service account, priority, patience with failing nodes.</summary>
/// <remarks>Source: plugin/pkg/admission/{serviceaccount,priority,defaulttolerationseconds}. There are no PriorityClasses but the two built in.</remarks>
public static class PodAdmission
{
    /// <summary>How long a Pod stays bound to a node that is not ready or unreachable, in seconds.</summary>
    public const long TolerationSeconds = 300;

    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string Unreachable = "node.kubernetes.io/unreachable";

    public static Pod Apply(Pod pod)
    {
        var spec = pod.Spec;
        var account = spec.ServiceAccountName.Length > 0 ? spec.ServiceAccountName : "default";
        return pod with
        {
            Spec = spec with
            {
                ServiceAccountName = account,
                ServiceAccount = account,
                Priority = spec.PriorityClassName switch
                {
                    "system-cluster-critical" => 2_000_000_000,
                    "system-node-critical" => 2_000_001_000,
                    _ => spec.Priority ?? 0,
                },
                PreemptionPolicy = spec.PreemptionPolicy ?? "PreemptLowerPriority",
                Tolerations = Tolerated(Tolerated(spec.Tolerations, NotReady), Unreachable),
            },
        };
    }

    private static IReadOnlyList<Toleration> Tolerated(IReadOnlyList<Toleration> tolerations, string taint)
    {
        if (tolerations.Any(one => (one.Key == taint || one.Key.Length == 0) && one.Effect is "NoExecute" or ""))
            return tolerations;
        return [.. tolerations, new Toleration { Key = taint, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = TolerationSeconds }];
    }
}
