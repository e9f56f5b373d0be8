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
        Fields = KindFields.ReplicaSet,
        Rules = RulesOf.ReplicaSet,
    };

    internal static IReadOnlyList<KindInfo> Apps => [Deployment, ReplicaSet];
}
