namespace ClusterEmu.Network;

/// <summary>An address and a port, 0 to 65535.</summary>
public readonly record struct IpPort(Ip Ip, int Port) : IComparable<IpPort>
{
    public int CompareTo(IpPort other) => Ip.CompareTo(other.Ip) is var order && order != 0 ? order : Port.CompareTo(other.Port);

    public override string ToString() => Ip.IsV4 ? $"{Ip}:{Port}" : $"[{Ip}]:{Port}";
}

/// <summary>Transport protocols, numbered as IANA numbers them. They reach the wire: never renumber.</summary>
public enum IpProtocol : byte
{
    Tcp = 6,
    Udp = 17,
    Sctp = 132,
}

/// <summary>One direction of a connection or of a datagram exchange.</summary>
public readonly record struct Flow(IpProtocol Protocol, IpPort Source, IpPort Destination)
{
    public Flow Reversed => new(Protocol, Destination, Source);

    public override string ToString() => $"{Protocol.ToString().ToLowerInvariant()} {Source} -> {Destination}";
}
