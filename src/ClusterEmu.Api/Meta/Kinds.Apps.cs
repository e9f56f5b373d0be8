namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<Deployment> Deployment = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "Deployment",
        Plural = "deployments",
        Singular = "deployment",
        Namespaced = true,
        ShortNames = ["deploy"],
        Categories = ["all"],
        Subresources = ["status", "scale"],
        Scaling = KindScaling.Of<Deployment>(
            set => new(set.Spec.Replicas ?? 1, set.Status.Replicas, LabelQuery.OfSelector(set.Spec.Selector).ToString()),
            (set, replicas) => set with { Spec = set.Spec with { Replicas = replicas } }),
        Rules = RulesOf.Deployment,
    };

    public static readonly KindInfo<ReplicaSet> ReplicaSet = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "ReplicaSet",
        Plural = "replicasets",
        Singular = "replicaset",
        Namespaced = true,
        ShortNames = ["rs"],
        Categories = ["all"],
        Subresources = ["status", "scale"],
        Scaling = KindScaling.Of<ReplicaSet>(
            set => new(set.Spec.Replicas ?? 1, set.Status.Replicas, LabelQuery.OfSelector(set.Spec.Selector).ToString()),
            (set, replicas) => set with { Spec = set.Spec with { Replicas = replicas } }),
        Fields = KindFields.ReplicaSet,
        Rules = RulesOf.ReplicaSet,
    };

    public static readonly KindInfo<StatefulSet> StatefulSet = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "StatefulSet",
        Plural = "statefulsets",
        Singular = "statefulset",
        Namespaced = true,
        ShortNames = ["sts"],
        Categories = ["all"],
        Subresources = ["status", "scale"],
        Scaling = KindScaling.Of<StatefulSet>(
            set => new(set.Spec.Replicas ?? 1, set.Status.Replicas, LabelQuery.OfSelector(set.Spec.Selector).ToString()),
            (set, replicas) => set with { Spec = set.Spec with { Replicas = replicas } }),
        Rules = RulesOf.StatefulSet,
    };

    public static readonly KindInfo<DaemonSet> DaemonSet = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "DaemonSet",
        Plural = "daemonsets",
        Singular = "daemonset",
        Namespaced = true,
        ShortNames = ["ds"],
        Categories = ["all"],
        Subresources = ["status"],
        Rules = RulesOf.DaemonSet,
    };

    public static readonly KindInfo<ControllerRevision> ControllerRevision = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "ControllerRevision",
        Plural = "controllerrevisions",
        Singular = "controllerrevision",
        Namespaced = true,
        Rules = RulesOf.ControllerRevision,
    };

    internal static IReadOnlyList<KindInfo> Apps => [Deployment, ReplicaSet, StatefulSet, DaemonSet, ControllerRevision];
}
