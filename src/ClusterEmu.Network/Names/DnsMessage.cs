namespace ClusterEmu.Network;

/// <summary>A DNS message (RFC 1035 section 4). See <see cref="DnsCodec"/> for its wire format.</summary>
public sealed record DnsMessage
{
    public ushort Id { get; init; }
    public bool IsResponse { get; init; }

    /// <summary>0 is a standard query.</summary>
    public byte Opcode { get; init; }
    public bool Authoritative { get; init; }

    /// <summary>TC: records were left out because the datagram was full.</summary>
    public bool Truncated { get; init; }
    public bool RecursionDesired { get; init; }
    public bool RecursionAvailable { get; init; }
    public DnsCode Code { get; init; }
    public IReadOnlyList<DnsQuestion> Questions { get; init; } = [];
    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];
    public IReadOnlyList<DnsRecord> Authorities { get; init; } = [];

    /// <summary>An EDNS(0) record, if any, stands here.</summary>
    public IReadOnlyList<DnsRecord> Additional { get; init; } = [];

    public DnsRecord.Options? Edns => Additional.OfType<DnsRecord.Options>().FirstOrDefault();

    /// <summary>An ordinary query.</summary>
    /// <param name="id">Comes back in the answer.</param>
    /// <param name="name">With or without a dot at the end.</param>
    /// <param name="type">What is asked for.</param>
    /// <param name="udpSize">The largest datagram taken; 0 asks without EDNS, so at most 512 bytes come back.</param>
    public static DnsMessage Query(ushort id, string name, DnsType type, ushort udpSize = 0) => new()
    {
        Id = id,
        RecursionDesired = true,
        Questions = [new DnsQuestion(name.TrimEnd('.'), type)],
        Additional = udpSize == 0 ? [] : [new DnsRecord.Options(udpSize)],
    };
}

/// <summary>Bytes that are no DNS message, or a name that fits into none. The message says why.</summary>
public sealed class DnsFormatException(string message) : Exception(message);
