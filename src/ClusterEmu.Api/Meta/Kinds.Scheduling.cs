namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<PriorityClass> PriorityClass = new()
    {
        Group = "scheduling.k8s.io",
        Version = "v1",
        Kind = "PriorityClass",
        Plural = "priorityclasses",
        Singular = "priorityclass",
        Namespaced = false,
        ShortNames = ["pc"],
        Rules = RulesOf.PriorityClass,
    };

    internal static IReadOnlyList<KindInfo> Scheduling => [PriorityClass];
}
