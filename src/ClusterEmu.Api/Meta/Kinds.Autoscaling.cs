namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<HorizontalPodAutoscaler> HorizontalPodAutoscaler = new()
    {
        Group = "autoscaling",
        Version = "v2",
        Kind = "HorizontalPodAutoscaler",
        Plural = "horizontalpodautoscalers",
        Singular = "horizontalpodautoscaler",
        Namespaced = true,
        ShortNames = ["hpa"],
        Categories = ["all"],
        Subresources = ["status"],
        Rules = RulesOf.HorizontalPodAutoscaler,
    };

    /// <summary>Never stored: what the <c>scale</c> subresource shows and takes. It has no URL of its own.</summary>
    public static readonly KindInfo<Scale> Scale = new()
    {
        Group = "autoscaling",
        Version = "v1",
        Kind = "Scale",
        Plural = "scales",
        Singular = "scale",
        Namespaced = true,
        Verbs = [],
        HasPath = false,
        Rules = RulesOf.Scale,
    };

    internal static IReadOnlyList<KindInfo> Autoscaling => [HorizontalPodAutoscaler];
}
