using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>The annotations that number and describe ReplicaSets of a Deployment. Pure. Source: deployment_util.go.</summary>
public static class DeploymentRevision
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string History = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicasKey = "deployment.kubernetes.io/max-replicas";

    private static readonly string[] NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Revision, History, DesiredReplicas, MaxReplicasKey,
        "deprecated.deployment.rollback.to",
    ];

    /// <summary>The number; 0 if there is none.</summary>
    public static long Of(IKubeObject value) => Number(value, Revision) ?? 0;

    public static int? MaxReplicas(ReplicaSet set) => (int?)Number(set, MaxReplicasKey);

    public static int? Desired(ReplicaSet set) => (int?)Number(set, DesiredReplicas);

    /// <summary>One more than the highest among the old ones.</summary>
    public static long Next(IEnumerable<ReplicaSet> old) => old.Select(set => Of(set)).DefaultIfEmpty(0).Max() + 1;

    /// <summary>The number that the new ReplicaSet should have: one of its own that is higher than all old ones stays.</summary>
    public static long Due(ReplicaSet current, IEnumerable<ReplicaSet> old) => Math.Max(Of(current), Next(old));

    /// <summary>Whether the ReplicaSet was made for the present template, and its Deployment has not taken note of it yet.</summary>
    /// <remarks>One that was found, on the way back to an earlier template, has a history or a lower number.</remarks>
    public static bool IsNews(Deployment deployment, ReplicaSet current) =>
        Of(current) > Of(deployment) && !current.Metadata.Annotations.ContainsKey(History);

    /// <summary>The annotations that the new ReplicaSet should have.</summary>
    /// <param name="deployment">Its Deployment, whose own annotations are copied.</param>
    /// <param name="current">What it has; empty for one that is still to be made.</param>
    /// <param name="revision">Its revision, unless it has a higher one.</param>
    public static IReadOnlyDictionary<string, string> ForNew(
        Deployment deployment, IReadOnlyDictionary<string, string> current, long revision)
    {
        var result = current;
        foreach (var (key, value) in deployment.Metadata.Annotations)
        {
            if (!NotCopied.Contains(key) && result.GetValueOrDefault(key) != value) result = result.With(key, value);
        }
        var old = current.GetValueOrDefault(Revision);
        if ((Parse(old) ?? 0) >= revision) return result;
        result = result.With(Revision, revision.ToString(CultureInfo.InvariantCulture));
        if (string.IsNullOrEmpty(old)) return result;
        var history = result.GetValueOrDefault(History);
        return result.With(History, string.IsNullOrEmpty(history) ? old : $"{history},{old}");
    }

    /// <summary>The annotations that let a later reconciliation see that the Deployment was scaled.</summary>
    public static IReadOnlyDictionary<string, string> WithSizes(
        IReadOnlyDictionary<string, string> annotations, int desired, int max) => annotations
        .With(DesiredReplicas, desired.ToString(CultureInfo.InvariantCulture))
        .With(MaxReplicasKey, max.ToString(CultureInfo.InvariantCulture));

    private static long? Number(IKubeObject value, string key) => Parse(value.Metadata.Annotations.GetValueOrDefault(key));

    private static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
