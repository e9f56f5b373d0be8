using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A ResourceQuota's row: what is used of what, limits apart from all else. Source: printResourceQuota.</summary>
internal static class QuotaColumns
{
    private const string LimitPrefix = "limits.";

    public static readonly TableColumns Columns = TableColumns.Of<ResourceQuota>(
        "Name:name Age Request Limit",
        (quota, now) => [quota.Metadata.Name, TableCatalog.Age(quota, now), Shares(quota, limits: false), Shares(quota, limits: true)]);

    private static string Shares(ResourceQuota quota, bool limits) => string.Join(", ", quota.Status.Hard
        .Where(entry => entry.Key.StartsWith(LimitPrefix, StringComparison.Ordinal) == limits)
        .OrderBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => $"{entry.Key}: {quota.Status.Used.GetValueOrDefault(entry.Key)}/{entry.Value}"));
}
