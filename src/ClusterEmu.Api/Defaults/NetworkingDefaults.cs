namespace ClusterEmu.Api;

/// <summary>What the API server fills into IngressClasses and NetworkPolicies. Source: pkg/apis/networking/v1/defaults.go.</summary>
public static class NetworkingDefaults
{
    public static IngressClass Apply(IngressClass value) => value.Spec.Parameters is { Scope: null } parameters
        ? value with { Spec = value.Spec with { Parameters = parameters with { Scope = "Cluster" } } }
        : value;

    public static NetworkPolicy Apply(NetworkPolicy policy)
    {
        var spec = policy.Spec;
        return policy with
        {
            Spec = spec with
            {
                Ingress = spec.Ingress.SelectChanged(rule => Filled(rule.Ports) is var ports && ReferenceEquals(ports, rule.Ports) ? rule : rule with { Ports = ports }),
                Egress = spec.Egress.SelectChanged(rule => Filled(rule.Ports) is var ports && ReferenceEquals(ports, rule.Ports) ? rule : rule with { Ports = ports }),
                PolicyTypes = spec.PolicyTypes.Count > 0 ? spec.PolicyTypes : spec.Egress.Count > 0 ? ["Ingress", "Egress"] : ["Ingress"],
            },
        };
    }

    private static IReadOnlyList<NetworkPolicyPort> Filled(IReadOnlyList<NetworkPolicyPort> ports) =>
        ports.SelectChanged(port => port.Protocol is null ? port with { Protocol = "TCP" } : port);
}
