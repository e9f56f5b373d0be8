namespace ClusterEmu.Api;

/// <summary>Questions about a Service that several rules ask. Source: pkg/api/service/util.go and pkg/registry/core/service.</summary>
public static class ServiceTraits
{
    /// <summary>What stands in clusterIP for a Service that wants none.</summary>
    public const string None = "None";

    /// <summary>No address of its own: names resolve to the Pods.</summary>
    public static bool IsHeadless(this ServiceSpec spec) => spec.ClusterIPs is [None];

    /// <summary>Reached from outside: by NodePort, load balancer or external IPs.</summary>
    public static bool IsExternallyAccessible(this ServiceSpec spec) =>
        spec.Type is "LoadBalancer" or "NodePort" || (spec.Type == "ClusterIP" && spec.ExternalIPs.Count > 0);

    /// <summary>Load balancers that must know which nodes have Pods ask each node at a health check port.</summary>
    public static bool NeedsHealthCheckNodePort(this ServiceSpec spec) => spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };

    /// <summary>Every type but ExternalName has addresses (or says <c>None</c>).</summary>
    public static bool NeedsClusterIP(this ServiceSpec spec) => spec.Type != "ExternalName";

    public static bool NeedsNodePorts(this ServiceSpec spec) => spec.Type is "NodePort" or "LoadBalancer";

    /// <summary>Whether node ports that were not asked for are given out.</summary>
    public static bool AllocatesNodePorts(this ServiceSpec spec) =>
        spec.Type == "NodePort" || (spec.Type == "LoadBalancer" && spec.AllocateLoadBalancerNodePorts != false);
}
