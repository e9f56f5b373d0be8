namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<RuntimeClass> RuntimeClass = new()
    {
        Group = "node.k8s.io",
        Version = "v1",
        Kind = "RuntimeClass",
        Plural = "runtimeclasses",
        Singular = "runtimeclass",
        Namespaced = false,
        Rules = RulesOf.RuntimeClass,
    };

    internal static IReadOnlyList<KindInfo> NodeClasses => [RuntimeClass];
}
