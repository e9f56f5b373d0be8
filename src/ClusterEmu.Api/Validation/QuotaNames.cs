namespace ClusterEmu.Api;

/// <summary>The resources and scopes that quotas know. Source: pkg/apis/core/helper/helpers.go.</summary>
internal static class QuotaNames
{
    internal static readonly string[] Scopes = ["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"];

    private static readonly HashSet<string> Resources = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage", "limits.cpu",
        "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets",
        "persistentvolumeclaims", "configmaps", "services.nodeports", "services.loadbalancers",
    };

    private static readonly HashSet<string> OfPods = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
        "limits.ephemeral-storage", "pods",
    };

    internal static bool IsStandard(string resource) =>
        Resources.Contains(resource) || resource.StartsWith("hugepages-", StringComparison.Ordinal)
        || resource.StartsWith("requests.hugepages-", StringComparison.Ordinal);

    /// <summary>Whether it makes sense to count this resource for the Pods of this scope only.</summary>
    internal static bool IsScoped(string scope, string resource) => scope switch
    {
        "BestEffort" => resource == "pods",
        "Terminating" or "NotTerminating" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity" =>
            OfPods.Contains(resource) || resource.Contains("hugepages-", StringComparison.Ordinal),
        _ => true,
    };
}
