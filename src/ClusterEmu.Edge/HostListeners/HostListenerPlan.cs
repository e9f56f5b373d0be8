using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>What a real client on the host shall meet at a port.</summary>
public enum HostPortState
{
    /// <summary>Connections are taken.</summary>
    Open = 1,

    /// <summary>Nothing listens: connections are refused.</summary>
    Closed = 2,

    /// <summary>Nothing answers: connections time out.</summary>
    Silent = 3,
}

/// <summary>An address and port of the host that stands for one of the emulated world.</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Address">A node's ExternalIP and a NodePort, or a load balancer's IP and port.</param>
/// <param name="Service">The Service that it belongs to, <c>namespace/name</c>.</param>
/// <param name="State">What a client shall meet.</param>
public sealed record HostEndpoint(IpProtocol Protocol, IpPort Address, string Service, HostPortState State);

/// <summary>Which listeners the host should have. Pure.</summary>
public static class HostListenerPlan
{
    /// <param name="cluster">Services, nodes, and what the nodes answer.</param>
    /// <param name="maxNodes">Only so many nodes get listeners, those with the lowest addresses.</param>
    /// <param name="addresses">The cluster's ranges. Its external ones are the host's, even where they are no loopback addresses.</param>
    /// <returns>Sorted by address and protocol. Only loopback addresses and those of the external ranges: others are not the host's.</returns>
    public static IReadOnlyList<HostEndpoint> Of(EdgeSnapshot cluster, int maxNodes, AddressPlan addresses)
    {
        var wanted = new SortedDictionary<(IpPort, IpProtocol), HostEndpoint>();
        var nodes = cluster.Nodes.Where(node => node.ExternalIP is { } ip && IsHosts(ip)).OrderBy(node => node.ExternalIP).Take(maxNodes).ToList();
        foreach (var service in cluster.Services)
        {
            foreach (var port in service.Ports)
            {
                foreach (var ip in service.Ingress.Where(IsHosts)) Add(port.Protocol, new IpPort(ip, port.Port), service, StateOf(service, port, cluster));
                if (port.NodePort == 0) continue;
                foreach (var node in nodes)
                    Add(port.Protocol, new IpPort(node.ExternalIP!.Value, port.NodePort), service, StateOf(cluster.ActionAt(node.Name, port.Protocol, port.NodePort)));
            }
        }
        return [.. wanted.Values];

        bool IsHosts(Ip ip) => ip.IsLoopback || addresses.NodeExternalRange.Contains(ip) || addresses.LoadBalancerRange.Contains(ip);

        void Add(IpProtocol protocol, IpPort address, EdgeService service, HostPortState state) =>
            wanted.TryAdd((address, protocol), new HostEndpoint(protocol, address, service.Key, state));
    }

    /// <summary>A load balancer answers as its healthy nodes do; without any, nothing answers.</summary>
    private static HostPortState StateOf(EdgeService service, EdgePort port, EdgeSnapshot cluster)
    {
        if (port.NodePort == 0) return HostPortState.Silent;
        var states = NodeHealth.Healthy(service, cluster).Select(node => StateOf(cluster.ActionAt(node.Name, port.Protocol, port.NodePort))).ToList();
        return states.Contains(HostPortState.Open) ? HostPortState.Open
            : states.Contains(HostPortState.Closed) ? HostPortState.Closed
            : HostPortState.Silent;
    }

    private static HostPortState StateOf(WirePortAction action) => action switch
    {
        WirePortAction.Forward or WirePortAction.Deliver => HostPortState.Open,
        WirePortAction.Reject => HostPortState.Closed,
        _ => HostPortState.Silent,
    };
}

/// <summary>Where a listener goes when its own place cannot be bound. Pure.</summary>
public static class FallbackPlaces
{
    /// <summary>Added to the port for the first fallback.</summary>
    public const int PortShift = 10_000;
    private static readonly Ip Loopback = Ip.FromV4(0x7F000001);

    /// <summary>The places to try, in order: its own, the same address with port + 10000, a free port (0) of 127.0.0.1.</summary>
    public static IReadOnlyList<IpPort> For(IpPort wanted) =>
        wanted.Port + PortShift <= 65535
            ? [wanted, wanted with { Port = wanted.Port + PortShift }, new IpPort(Loopback, 0)]
            : [wanted, new IpPort(Loopback, 0)];

    /// <summary>The value of the annotation <c>clusteremu.io/host-port-map</c>: <c>wanted=actual</c>, comma-separated, sorted; empty if all are where they should be.</summary>
    public static string Describe(IEnumerable<(IpProtocol Protocol, IpPort Wanted, IpPort Actual)> places) => string.Join(',', places
        .Where(place => place.Wanted != place.Actual)
        .OrderBy(place => place.Wanted).ThenBy(place => place.Protocol)
        .Select(place => $"{place.Wanted}/{place.Protocol.ToString().ToLowerInvariant()}={place.Actual}"));
}
