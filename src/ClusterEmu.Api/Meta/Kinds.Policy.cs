namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<PodDisruptionBudget> PodDisruptionBudget = new()
    {
        Group = "policy",
        Version = "v1",
        Kind = "PodDisruptionBudget",
        Plural = "poddisruptionbudgets",
        Singular = "poddisruptionbudget",
        Namespaced = true,
        ShortNames = ["pdb"],
        Subresources = ["status"],
        Rules = RulesOf.PodDisruptionBudget,
    };

    /// <summary>Never stored: what is posted to a Pod's subresource eviction. It has no URL of its own.</summary>
    public static readonly KindInfo<Eviction> Eviction = new()
    {
        Group = "policy",
        Version = "v1",
        Kind = "Eviction",
        Plural = "evictions",
        Singular = "eviction",
        Namespaced = true,
        Verbs = [],
        HasPath = false,
    };

    /// <summary>As <see cref="Eviction"/>, from older clients.</summary>
    public static readonly KindInfo<EvictionV1Beta1> EvictionV1Beta1 = new()
    {
        Group = "policy",
        Version = "v1beta1",
        Kind = "Eviction",
        Plural = "evictions",
        Singular = "eviction",
        Namespaced = true,
        Verbs = [],
        HasPath = false,
    };

    internal static IReadOnlyList<KindInfo> Policy => [PodDisruptionBudget];
}
