namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<Ingress> Ingress = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "Ingress",
        Plural = "ingresses",
        Singular = "ingress",
        Namespaced = true,
        ShortNames = ["ing"],
        Subresources = ["status"],
        Rules = RulesOf.Ingress,
    };

    public static readonly KindInfo<IngressClass> IngressClass = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "IngressClass",
        Plural = "ingressclasses",
        Singular = "ingressclass",
        Namespaced = false,
        Rules = RulesOf.IngressClass,
    };

    public static readonly KindInfo<NetworkPolicy> NetworkPolicy = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "NetworkPolicy",
        Plural = "networkpolicies",
        Singular = "networkpolicy",
        Namespaced = true,
        ShortNames = ["netpol"],
        Rules = RulesOf.NetworkPolicy,
    };

    internal static IReadOnlyList<KindInfo> Networking => [Ingress, IngressClass, NetworkPolicy];
}
