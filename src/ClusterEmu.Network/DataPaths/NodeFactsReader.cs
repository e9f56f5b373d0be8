using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>Reads what a data path must know from a Node object.</summary>
public static class NodeFactsReader
{
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
            Mode = mode,
        };
    }
}
