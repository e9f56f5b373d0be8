namespace ClusterEmu.Network;

/// <summary>Record types, numbered as IANA numbers them. They reach the wire: never renumber.</summary>
public enum DnsType : ushort
{
    A = 1,
    NS = 2,
    CNAME = 5,
    SOA = 6,
    PTR = 12,
    TXT = 16,
    AAAA = 28,
    SRV = 33,
    OPT = 41,
    ANY = 255,
}

/// <summary>Response codes (RFC 1035 section 4.1.1).</summary>
public enum DnsCode : byte
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,

    /// <summary>NXDOMAIN: there is no such name.</summary>
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
}

/// <summary>What is asked. The name as it stood in the message; compare it without case.</summary>
public sealed record DnsQuestion(string Name, DnsType Type, ushort Class = DnsRecord.Internet);

/// <summary>A resource record of class IN. Names have no dot at the end; the root is empty.</summary>
public abstract record DnsRecord(string Name, DnsType Type, uint Ttl)
{
    public const ushort Internet = 1;

    /// <summary>A or AAAA, after the address.</summary>
    public sealed record Address(string Name, uint Ttl, Ip Ip) : DnsRecord(Name, Ip.IsV4 ? DnsType.A : DnsType.AAAA, Ttl);

    /// <summary>CNAME, NS or PTR: a record whose data is a name.</summary>
    public sealed record Pointer(string Name, DnsType Type, uint Ttl, string Target) : DnsRecord(Name, Type, Ttl);

    public sealed record Service(string Name, uint Ttl, ushort Priority, ushort Weight, ushort Port, string Target) : DnsRecord(Name, DnsType.SRV, Ttl);

    /// <summary>Texts of at most 255 bytes each.</summary>
    public sealed record Text(string Name, uint Ttl, IReadOnlyList<string> Texts) : DnsRecord(Name, DnsType.TXT, Ttl)
    {
        public bool Equals(Text? other) => other is not null && Name == other.Name && Ttl == other.Ttl && Texts.SequenceEqual(other.Texts);

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    }

    public sealed record Authority(
        string Name, uint Ttl, string Server, string Mailbox, uint Serial, uint Refresh, uint Retry, uint Expire, uint Minimum)
        : DnsRecord(Name, DnsType.SOA, Ttl);

    /// <summary>EDNS(0) (RFC 6891). The time-to-live's place holds version and flags.</summary>
    /// <param name="UdpSize">The largest datagram that the sender takes.</param>
    public sealed record Options(ushort UdpSize) : DnsRecord("", DnsType.OPT, 0);

    /// <summary>A type that is carried but not understood.</summary>
    public sealed record Unknown(string Name, DnsType Type, uint Ttl, IReadOnlyList<byte> Data) : DnsRecord(Name, Type, Ttl)
    {
        public bool Equals(Unknown? other) =>
            other is not null && Name == other.Name && Type == other.Type && Ttl == other.Ttl && Data.SequenceEqual(other.Data);

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    }
}
