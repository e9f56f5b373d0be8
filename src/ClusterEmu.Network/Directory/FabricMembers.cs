namespace ClusterEmu.Network;

/// <summary>A process that takes fabric connections.</summary>
/// <param name="Name">Name of the process: <c>nodes-1</c>, <c>edge</c>.</param>
/// <param name="Role"><c>control-plane</c>, <c>nodes</c> or <c>edge</c>.</param>
/// <param name="Host">Host name or address of its fabric listener; empty if it has none.</param>
/// <param name="Port">Port of its fabric listener, 1 to 65535; 0 if it has none.</param>
public sealed record FabricPeer(string Name, string Role, string Host, int Port);

/// <summary>A node as the fabric must know it.</summary>
/// <param name="Name">Name of the Node object.</param>
/// <param name="Process">The process that runs it; empty if the Node does not say.</param>
/// <param name="InternalIPs">Its addresses in the fabric.</param>
/// <param name="ExternalIPs">Its addresses outside; the cloud's edge translates them to the first InternalIP of the family.</param>
/// <param name="PodRanges">Its Pods' ranges.</param>
/// <param name="Zone">Label topology.kubernetes.io/zone; empty without one.</param>
/// <param name="Powered">False if it is switched off: packets to it vanish.</param>
public sealed record FabricNode(
    string Name,
    string Process,
    IReadOnlyList<Ip> InternalIPs,
    IReadOnlyList<Ip> ExternalIPs,
    IReadOnlyList<Cidr> PodRanges,
    string Zone,
    bool Powered);

/// <summary>Where a packet goes next.</summary>
public enum FabricRouteKind : byte
{
    /// <summary>To the data path of a node, by the fabric inside the cluster: <see cref="FabricRoute.Node"/>.</summary>
    ToNode = 1,

    /// <summary>To a node's ExternalIP: out to the cloud's edge, and in again, addressed to <see cref="FabricRoute.Destination"/>.</summary>
    ToNodeThroughEdge = 2,

    /// <summary>To the control plane's address.</summary>
    ToControlPlane = 3,

    /// <summary>Out of the cluster: load balancers and outside hosts live in the edge process.</summary>
    ToEdge = 4,

    /// <summary>No router knows a way, and nobody says so: the sender times out.</summary>
    Nowhere = 5,
}

/// <param name="Kind">Which way.</param>
/// <param name="Node">The node, for the two kinds that lead to one; else empty.</param>
/// <param name="Peer">The process to hand the packet to; null if none is known (yet): <paramref name="Reason"/> then says why.</param>
/// <param name="Destination">The address after the edge's one-to-one translation; else as asked.</param>
/// <param name="Reason">A sentence for traces.</param>
public sealed record FabricRoute(FabricRouteKind Kind, string Node, FabricPeer? Peer, Ip Destination, string Reason);
