namespace ClusterEmu.Network;

/// <summary>The wire format of DNS messages, with name compression both ways (RFC 1035 section 4.1.4).</summary>
public static class DnsCodec
{
    public const int HeaderLength = 12;

    /// <summary>What a datagram may hold without EDNS(0).</summary>
    public const int PlainUdpSize = 512;

    /// <summary>What a message over TCP may hold.</summary>
    public const int TcpSize = 65535;

    /// <exception cref="DnsFormatException">The bytes are no DNS message.</exception>
    public static DnsMessage Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new DnsReader(bytes);
        var id = reader.UInt16();
        var flags = reader.UInt16();
        var (questions, answers, authorities, additional) = (reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16());
        var asked = new List<DnsQuestion>();
        for (var i = 0; i < questions; i++) asked.Add(new DnsQuestion(reader.Name(), (DnsType)reader.UInt16(), reader.UInt16()));
        return new DnsMessage
        {
            Id = id,
            IsResponse = (flags & 0x8000) != 0,
            Opcode = (byte)((flags >> 11) & 15),
            Authoritative = (flags & 0x0400) != 0,
            Truncated = (flags & 0x0200) != 0,
            RecursionDesired = (flags & 0x0100) != 0,
            RecursionAvailable = (flags & 0x0080) != 0,
            Code = (DnsCode)(flags & 15),
            Questions = asked,
            Answers = reader.Records(answers),
            Authorities = reader.Records(authorities),
            Additional = reader.Records(additional),
        };
    }

    /// <summary>The message in at most <paramref name="limit"/> bytes: what does not fit is left out, and TC says so.</summary>
    /// <remarks>Additional records go first, without TC; an EDNS(0) record always stays.</remarks>
    /// <exception cref="DnsFormatException">A name or text does not fit into any message.</exception>
    public static byte[] Write(DnsMessage message, int limit = TcpSize)
    {
        var whole = WriteAll(message);
        if (whole.Length <= limit) return whole;
        var edns = message.Edns is { } options ? (IReadOnlyList<DnsRecord>)[options] : [];
        var bare = message with { Additional = edns };
        whole = WriteAll(bare);
        if (whole.Length <= limit) return whole;

        // The most answers that fit, by bisection: sizes grow with their number.
        int low = 0, high = message.Answers.Count;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (WriteAll(Cut(bare, middle)).Length <= limit) low = middle;
            else high = middle - 1;
        }
        return WriteAll(Cut(bare, low));
    }

    private static DnsMessage Cut(DnsMessage message, int answers) =>
        message with { Truncated = true, Answers = [.. message.Answers.Take(answers)], Authorities = [] };

    private static byte[] WriteAll(DnsMessage message)
    {
        var writer = new DnsWriter();
        writer.UInt16(message.Id);
        writer.UInt16((ushort)((message.IsResponse ? 0x8000 : 0) | (message.Opcode << 11) | (message.Authoritative ? 0x0400 : 0)
            | (message.Truncated ? 0x0200 : 0) | (message.RecursionDesired ? 0x0100 : 0) | (message.RecursionAvailable ? 0x0080 : 0) | (int)message.Code));
        writer.UInt16((ushort)message.Questions.Count);
        writer.UInt16((ushort)message.Answers.Count);
        writer.UInt16((ushort)message.Authorities.Count);
        writer.UInt16((ushort)message.Additional.Count);
        foreach (var question in message.Questions)
        {
            writer.Name(question.Name);
            writer.UInt16((ushort)question.Type);
            writer.UInt16(question.Class);
        }
        foreach (var record in message.Answers) writer.Record(record);
        foreach (var record in message.Authorities) writer.Record(record);
        foreach (var record in message.Additional) writer.Record(record);
        return writer.ToArray();
    }
}
