namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<Lease> Lease = new()
    {
        Group = "coordination.k8s.io",
        Version = "v1",
        Kind = "Lease",
        Plural = "leases",
        Singular = "lease",
        Namespaced = true,
        Rules = RulesOf.Lease,
    };

    internal static IReadOnlyList<KindInfo> Coordination => [Lease];
}
