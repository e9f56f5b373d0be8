using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>Reads what a data path must know from a Node object.</summary>
public static class NodeFactsReader
{
    /// <param name="node">The Node object.</param>
    /// <param name="plan">The cluster's address ranges.</param>
    /// <param name="mode">The process's mode; the Node's annotation <c>clusteremu.io/kube-proxy-mode</c> goes before it.</param>
    public static NodeFacts Read(Node node, AddressPlan plan, ProxyMode mode)
    {
        var member = FabricMemberReader.Read(node);
        return new NodeFacts
        {
            Name = member.Name,
            Zone = member.Zone,
            Addresses = member.InternalIPs.Count > 0 ? member.InternalIPs : [Ip.Any],
            PodRanges = member.PodRanges,
            ClusterPods = plan.PodRange,
            ServiceRange = plan.ServiceRange,
            Mode = ModeOf(node, mode),
        };
    }

    /// <summary>An annotation that names no mode counts as none.</summary>
    private static ProxyMode ModeOf(Node node, ProxyMode usual) => node.Metadata.Annotations.GetValueOrDefault(Registration.KubeProxyModeAnnotation) switch
    {
        "iptables" => ProxyMode.Iptables,
        "ipvs" => ProxyMode.Ipvs,
        _ => usual,
    };
}
