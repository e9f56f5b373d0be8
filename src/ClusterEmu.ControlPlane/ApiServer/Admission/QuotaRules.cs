using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Whether quotas let an object be. Pure. Source: CheckRequest in k8s.io/apiserver pkg/admission/plugin/resourcequota/controller.go.</summary>
internal static class QuotaRules
{
    /// <summary>A mistake of Kubernetes that it keeps: where a quota limits these, every container must say how much of them it wants.</summary>
    private static readonly string[] MustBeSaid = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>Whether a change of such an object can use more of anything.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="value">As it is to be.</param>
    /// <param name="old">As it is; null for a new one.</param>
    public static bool Concerns(KindInfo kind, IKubeObject value, IKubeObject? old)
    {
        if (!kind.Namespaced || kind == Kinds.Event) return false;
        if (old is null || kind == Kinds.Service || kind == Kinds.PersistentVolumeClaim) return true;
        return value is Pod pod && QuotaScopes.IsTerminating(pod) != QuotaScopes.IsTerminating((Pod)old);
    }

    /// <summary>What the first quota that refuses says; null if none does.</summary>
    /// <param name="quotas">Those of the namespace, by name, with true counts in their status.</param>
    /// <param name="kind">The object's kind.</param>
    /// <param name="value">As it is to be.</param>
    /// <param name="old">As it is; null for a new one.</param>
    public static string? Refusal(IEnumerable<ResourceQuota> quotas, KindInfo kind, IKubeObject value, IKubeObject? old)
    {
        Dictionary<string, Quantity>? wanted = null;
        foreach (var quota in quotas)
        {
            var tracked = quota.Spec.Hard.Keys.Where(resource => QuotaUsage.Tracks(kind, resource)).Order(StringComparer.Ordinal).ToList();
            if (tracked.Count == 0 || !QuotaScopes.Match(quota.Spec, value)) continue;
            if (value is Pod pod && Unsaid(pod.Spec, tracked) is { } unsaid) return $"failed quota: {quota.Metadata.Name}: must specify {unsaid}";
            wanted ??= QuotaUsage.Of(kind, value);
            var before = old is not null && QuotaScopes.Match(quota.Spec, old) ? QuotaUsage.Of(kind, old) : [];
            var exceeded = new List<(string Name, Quantity Requested, Quantity Used, Quantity Hard)>();
            foreach (var name in tracked)
            {
                var requested = wanted.GetValueOrDefault(name) - before.GetValueOrDefault(name);
                var (used, hard) = (quota.Status.Used.GetValueOrDefault(name), quota.Spec.Hard[name]);
                if (requested.Sign > 0 && used + requested > hard) exceeded.Add((name, requested, used, hard));
            }
            if (exceeded.Count > 0)
            {
                return $"exceeded quota: {quota.Metadata.Name}, requested: {Join(exceeded, one => one.Requested)}, "
                    + $"used: {Join(exceeded, one => one.Used)}, limited: {Join(exceeded, one => one.Hard)}";
            }
        }
        return null;
    }

    private static string Join<T>(List<(string Name, Quantity Requested, Quantity Used, Quantity Hard)> exceeded, Func<(string Name, Quantity Requested, Quantity Used, Quantity Hard), T> amount) =>
        string.Join(',', exceeded.Select(one => $"{one.Name}={amount(one)}"));

    private static string? Unsaid(PodSpec spec, IReadOnlyList<string> tracked)
    {
        var required = tracked.Where(resource => MustBeSaid.Contains(resource)).ToList();
        var containers = spec.Containers.Concat(spec.InitContainers).ToList();
        var missing = required
            .Select(resource => (Resource: resource, Names: containers.Where(container => QuotaUsage.Missing(container, [resource]).Any()).Select(container => container.Name)))
            .Select(entry => (entry.Resource, Names: entry.Names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()))
            .Where(entry => entry.Names.Count > 0)
            .Select(entry => $"{entry.Resource} for: {string.Join(',', entry.Names)}")
            .ToList();
        return missing.Count == 0 ? null : string.Join("; ", missing);
    }
}
