using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Keeps the status of quotas true: what a write changed is booked in the same write, deletions as well as creations.</summary>
/// <remarks>
/// Kubernetes books on admission and leaves the rest to a controller, so its counts may lag; here they cannot. A quota that was itself
/// written is counted anew, and so is right whatever a client has written into it.
/// </remarks>
internal static class QuotaAccounts
{
    /// <summary>Books everything that the transaction has changed so far.</summary>
    public static void Settle(StoreTransaction transaction)
    {
        if (transaction.Changes.Count == 0 || transaction.Objects.Count(Kinds.ResourceQuota) == 0) return;
        var changes = transaction.Changes.Where(change => change.Kind.Namespaced).ToList(); // What is booked below is no change to book.
        foreach (var ns in changes.Select(change => change.Object.Namespace).Distinct(StringComparer.Ordinal).ToList())
        {
            foreach (var stored in transaction.Objects.List(Kinds.ResourceQuota, ns).ToList())
            {
                var quota = (ResourceQuota)stored.Decode();
                var isNew = changes.Exists(change => change.Kind == Kinds.ResourceQuota && change.Object.Uid == stored.Uid);
                var used = isNew ? Count(transaction.Objects, quota) : Booked(quota, changes.Where(change => change.Object.Namespace == ns));
                if (used is null && SameAmounts(quota.Status.Hard, quota.Spec.Hard)) continue;
                var status = new ResourceQuotaStatus { Hard = quota.Spec.Hard, Used = used ?? quota.Status.Used };
                if (SameAmounts(status.Used, quota.Status.Used) && SameAmounts(status.Hard, quota.Status.Hard)) continue;
                transaction.Put(Kinds.ResourceQuota, quota with { Status = status });
            }
        }
    }

    /// <summary>What the namespace's objects use of everything that the quota limits.</summary>
    private static Dictionary<string, Quantity> Count(StoreSnapshot objects, ResourceQuota quota)
    {
        var used = quota.Spec.Hard.Keys.ToDictionary(resource => resource, _ => default(Quantity), StringComparer.Ordinal);
        foreach (var kind in KindCatalog.Stored.Concat(CustomOf(quota)).Where(kind => kind.Namespaced && used.Keys.Any(resource => QuotaUsage.Tracks(kind, resource))))
        {
            foreach (var stored in objects.List(kind, quota.Metadata.Namespace))
                Book(used, quota.Spec, kind, stored.Decode(), add: true);
        }
        return used;
    }

    /// <summary>The custom resources that the quota counts, such as <c>count/crontabs.stable.example.com</c>.</summary>
    private static IEnumerable<KindInfo> CustomOf(ResourceQuota quota)
    {
        const string prefix = "count/";
        foreach (var name in quota.Spec.Hard.Keys.Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal)).Select(resource => resource[prefix.Length..]))
        {
            if (CustomStorage.TryOf(name, out var storage) && !KindCatalog.Stored.Any(kind => kind.QualifiedPlural == name)) yield return storage;
        }
    }

    /// <summary>The counts after some changes; null if they do not touch the quota.</summary>
    private static Dictionary<string, Quantity>? Booked(ResourceQuota quota, IEnumerable<StoreEvent> changes)
    {
        Dictionary<string, Quantity>? used = null;
        foreach (var change in changes)
        {
            if (!quota.Spec.Hard.Keys.Any(resource => QuotaUsage.Tracks(change.Kind, resource))) continue;
            used ??= quota.Spec.Hard.Keys.ToDictionary(resource => resource, resource => quota.Status.Used.GetValueOrDefault(resource), StringComparer.Ordinal);
            if (change.Previous is { } previous) Book(used, quota.Spec, change.Kind, previous.Decode(), add: false);
            if (change.Type != StoreEventType.Deleted) Book(used, quota.Spec, change.Kind, change.Object.Decode(), add: true);
        }
        return used;
    }

    private static void Book(Dictionary<string, Quantity> used, ResourceQuotaSpec spec, KindInfo kind, IKubeObject value, bool add)
    {
        if (!QuotaScopes.Match(spec, value)) return;
        foreach (var (resource, amount) in QuotaUsage.Of(kind, value))
            if (used.TryGetValue(resource, out var known)) used[resource] = add ? known + amount : known - amount;
    }

    private static bool SameAmounts(IReadOnlyDictionary<string, Quantity> left, IReadOnlyDictionary<string, Quantity> right) =>
        left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out var amount) && amount == entry.Value);
}
