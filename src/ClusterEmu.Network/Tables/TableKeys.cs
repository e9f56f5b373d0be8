namespace ClusterEmu.Network;

/// <summary>What a routing table is asked by: a destination.</summary>
public readonly record struct TableKey(Ip Ip, IpProtocol Protocol, int Port) : IMapKey<TableKey>
{
    public ulong Hash64 =>
        StableHash.Mix(Ip.Low ^ (ulong.RotateLeft(Ip.High, 23) * 0x9E3779B97F4A7C15) ^ ((ulong)Port << 40) ^ ((ulong)Protocol << 56));

    public int CompareTo(TableKey other)
    {
        if (Ip != other.Ip) return Ip.CompareTo(other.Ip);
        return Port != other.Port ? Port.CompareTo(other.Port) : Protocol.CompareTo(other.Protocol);
    }
}

/// <summary>A port on every node.</summary>
public readonly record struct NodePortKey(IpProtocol Protocol, int Port) : IMapKey<NodePortKey>
{
    public ulong Hash64 => StableHash.Mix((ulong)Port << 8 | (ulong)Protocol);

    public int CompareTo(NodePortKey other) =>
        Protocol != other.Protocol ? Protocol.CompareTo(other.Protocol) : Port.CompareTo(other.Port);
}

/// <summary>An address alone.</summary>
public readonly record struct IpKey(Ip Ip) : IMapKey<IpKey>
{
    public ulong Hash64 => StableHash.Of(Ip);

    public int CompareTo(IpKey other) => Ip.CompareTo(other.Ip);
}

/// <summary>The name of a namespaced object.</summary>
public readonly record struct ObjectName(string Namespace, string Name) : IMapKey<ObjectName>
{
    public ulong Hash64 => StableHash.Of(Name, StableHash.Of(Namespace));

    public bool Equals(ObjectName other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Namespace, other.Namespace, StringComparison.Ordinal);

    public override int GetHashCode() => (int)Hash64;

    public int CompareTo(ObjectName other) =>
        string.CompareOrdinal(Namespace, other.Namespace) is var order && order != 0 ? order : string.CompareOrdinal(Name, other.Name);

    /// <summary>Reads <c>NAMESPACE/NAME</c>; a name alone is in <c>default</c>.</summary>
    public static ObjectName Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new ObjectName("default", text) : new ObjectName(text[..slash], text[(slash + 1)..]);
    }

    public override string ToString() => $"{Namespace}/{Name}";
}
