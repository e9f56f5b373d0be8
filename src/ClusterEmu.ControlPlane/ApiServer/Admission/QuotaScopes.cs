using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Which objects a quota with scopes counts. Pure. Source: podMatchesScopeFunc in pkg/quota/v1/evaluator/core/pods.go.</summary>
internal static class QuotaScopes
{
    /// <summary>True if all scopes hold. None but Pods have any.</summary>
    public static bool Match(ResourceQuotaSpec spec, IKubeObject value)
    {
        var requirements = spec.ScopeSelector?.MatchExpressions ?? [];
        if (spec.Scopes.Count + requirements.Count == 0) return true;
        if (value is not Pod pod) return false;
        return spec.Scopes.All(scope => Holds(pod, scope, "Exists", []))
            && requirements.All(requirement => Holds(pod, requirement.ScopeName, requirement.Operator, requirement.Values));
    }

    /// <summary>A Pod that ends by itself after a time.</summary>
    public static bool IsTerminating(Pod pod) => pod.Spec.ActiveDeadlineSeconds is >= 0;

    private static bool Holds(Pod pod, string scope, string operation, IReadOnlyList<string> values) => scope switch
    {
        "Terminating" => IsTerminating(pod),
        "NotTerminating" => !IsTerminating(pod),
        "BestEffort" => PodQuality.Of(pod.Spec) == "BestEffort",
        "NotBestEffort" => PodQuality.Of(pod.Spec) != "BestEffort",
        "PriorityClass" => Holds(pod.Spec.PriorityClassName, operation, values),
        "CrossNamespacePodAffinity" => CrossesNamespaces(pod.Spec.Affinity),
        _ => false,
    };

    private static bool Holds(string priorityClass, string operation, IReadOnlyList<string> values) => operation switch
    {
        "Exists" => priorityClass.Length > 0,
        "DoesNotExist" => priorityClass.Length == 0,
        "In" => priorityClass.Length > 0 && values.Contains(priorityClass),
        "NotIn" => priorityClass.Length == 0 || !values.Contains(priorityClass),
        _ => false,
    };

    private static bool CrossesNamespaces(Affinity? affinity)
    {
        if (affinity is null) return false;
        var terms = (affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
            .Concat((affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(weighted => weighted.PodAffinityTerm))
            .Concat(affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
            .Concat((affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(weighted => weighted.PodAffinityTerm));
        return terms.Any(term => term.Namespaces.Count > 0 || term.NamespaceSelector is not null);
    }
}
