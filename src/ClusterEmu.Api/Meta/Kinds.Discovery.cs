namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<EndpointSlice> EndpointSlice = new()
    {
        Group = "discovery.k8s.io",
        Version = "v1",
        Kind = "EndpointSlice",
        Plural = "endpointslices",
        Singular = "endpointslice",
        Namespaced = true,
        Rules = RulesOf.EndpointSlice,
    };

    internal static IReadOnlyList<KindInfo> Discovery => [EndpointSlice];
}
