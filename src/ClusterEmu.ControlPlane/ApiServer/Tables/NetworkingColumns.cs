using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Rows of Ingresses, their classes, and network policies. Source: printIngress, printIngressClass, printNetworkPolicy.</summary>
internal static class NetworkingColumns
{
    private const int ShownHosts = 3;
    private const string None = "<none>";

    public static readonly TableColumns Ingresses = TableColumns.Of<Ingress>(
        "Name:name Class Hosts Address Ports Age",
        (ingress, now) =>
        [
            ingress.Metadata.Name,
            ingress.Spec.IngressClassName ?? None,
            Hosts(ingress.Spec.Rules),
            Addresses(ingress.Status.LoadBalancer.Ingress),
            ingress.Spec.TLS.Count > 0 ? "80, 443" : "80",
            TableCatalog.Age(ingress, now),
        ]);

    public static readonly TableColumns Classes = TableColumns.Of<IngressClass>(
        "Name:name Controller Parameters Age",
        (value, now) => [value.Metadata.Name, value.Spec.Controller, Parameters(value.Spec.Parameters), TableCatalog.Age(value, now)]);

    public static readonly TableColumns Policies = TableColumns.Of<NetworkPolicy>(
        "Name:name Pod-Selector Age",
        (policy, now) => [policy.Metadata.Name, TableCatalog.Selector(policy.Spec.PodSelector), TableCatalog.Age(policy, now)]);

    private static string Hosts(IReadOnlyList<IngressRule> rules)
    {
        var hosts = rules.Select(rule => rule.Host).Where(host => host.Length > 0).ToList();
        if (hosts.Count == 0) return "*";
        var first = string.Join(',', hosts.Take(ShownHosts));
        return hosts.Count > ShownHosts ? $"{first} + {rules.Count - ShownHosts} more..." : first;
    }

    private static string Addresses(IReadOnlyList<IngressLoadBalancerIngress> ingress) => string.Join(',', ingress
        .Select(address => address.IP.Length > 0 ? address.IP : address.Hostname).Where(text => text.Length > 0)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Parameters(IngressClassParametersReference? reference)
    {
        if (reference is null) return None;
        return reference.APIGroup is { } group ? $"{reference.Kind}.{group}/{reference.Name}" : $"{reference.Kind}/{reference.Name}";
    }
}
