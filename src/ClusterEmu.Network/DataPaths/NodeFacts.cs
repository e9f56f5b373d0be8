namespace ClusterEmu.Network;

/// <summary>kube-proxy's modes that exist so far.</summary>
public enum ProxyMode : byte
{
    /// <summary>Endpoints are drawn at random.</summary>
    Iptables = 1,

    /// <summary>Endpoints take turns (rr).</summary>
    Ipvs = 2,
}

/// <summary>What a data path must know of its node. Immutable; replaced when the Node changes.</summary>
public sealed record NodeFacts
{
    public required string Name { get; init; }

    /// <summary>Label topology.kubernetes.io/zone; empty without one.</summary>
    public required string Zone { get; init; }

    /// <summary>Its own addresses in the fabric, the one that masquerading uses first. At least one.</summary>
    public required IReadOnlyList<Ip> Addresses { get; init; }

    /// <summary>The ranges of its own Pods.</summary>
    public required IReadOnlyList<Cidr> PodRanges { get; init; }

    /// <summary>The Pods of all nodes (kube-proxy's clusterCIDR): who comes from elsewhere is masqueraded on the way to a ClusterIP.</summary>
    public required Cidr ClusterPods { get; init; }

    public required Cidr ServiceRange { get; init; }
    public required ProxyMode Mode { get; init; }

    public bool IsOwn(Ip ip)
    {
        for (var i = 0; i < Addresses.Count; i++) // Asked for each packet: an enumerator would be garbage.
            if (Addresses[i] == ip) return true;
        return false;
    }

    public bool HoldsPod(Ip ip)
    {
        for (var i = 0; i < PodRanges.Count; i++)
            if (PodRanges[i].Contains(ip)) return true;
        return false;
    }
}

/// <summary>Where a packet meets the node's hooks. Numbered as the fabric's origins: never renumber.</summary>
public enum PacketOrigin : byte
{
    LocalPod = 1,
    LocalHost = 2,
    Wire = 3,
    Outside = 4,
}

/// <summary>How long a connection lasts that is decided on.</summary>
public enum FlowLife : byte
{
    /// <summary>Conntrack keeps it until it is closed, or forgotten.</summary>
    UntilClosed,

    /// <summary>It ends in the instant in which it began: everything is as if it had been opened and closed.</summary>
    Instant,
}

/// <summary>What is at an address and port of this node.</summary>
public enum LocalSocket : byte
{
    /// <summary>No Pod of this node has the address.</summary>
    NoAddress,

    /// <summary>The address is here, but nothing listens on the port.</summary>
    Closed,
    Listening,
}

/// <summary>The sockets of a node's Pods and of the node itself.</summary>
public interface ILocalSockets
{
    LocalSocket Look(IpProtocol protocol, IpPort address);
}
