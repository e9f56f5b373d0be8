namespace ClusterEmu.Network;

/// <summary>A DNS server without sockets: bytes of a query in, bytes of the answer out. Equal arguments give equal answers.</summary>
public static class DnsServer
{
    /// <summary>The largest datagram sent, whatever the asker would take.</summary>
    public const int MaxUdpSize = 4096;

    /// <summary>Answers a datagram.</summary>
    /// <param name="query">The datagram's payload.</param>
    /// <param name="zone">The names to answer from.</param>
    /// <param name="rotation">Any number: addresses are turned by it, as the loadbalance plugin does.</param>
    /// <returns>The answer, truncated to what the asker takes; null if the bytes are no query at all and deserve none.</returns>
    public static byte[]? Answer(ReadOnlySpan<byte> query, ClusterZone zone, ulong rotation) => Answer(query, zone, rotation, overTcp: false, out _);

    /// <summary>As <see cref="Answer(ReadOnlySpan{byte}, ClusterZone, ulong)"/>.</summary>
    /// <param name="query">The datagram's payload.</param>
    /// <param name="zone">The names to answer from.</param>
    /// <param name="rotation">Any number.</param>
    /// <param name="turns">Whether another rotation may give another answer.</param>
    public static byte[]? Answer(ReadOnlySpan<byte> query, ClusterZone zone, ulong rotation, out bool turns) =>
        Answer(query, zone, rotation, overTcp: false, out turns);

    /// <summary>Answers a message that came over TCP (without its two bytes of length).</summary>
    public static byte[]? AnswerTcp(ReadOnlySpan<byte> query, ClusterZone zone, ulong rotation) => Answer(query, zone, rotation, overTcp: true, out _);

    private static byte[]? Answer(ReadOnlySpan<byte> query, ClusterZone zone, ulong rotation, bool overTcp, out bool turns)
    {
        turns = false;
        DnsMessage asked;
        try
        {
            asked = DnsCodec.Read(query);
        }
        catch (DnsFormatException)
        {
            // What has at least a header is told that its format is wrong; an answer is never answered.
            return query.Length >= DnsCodec.HeaderLength && (query[2] & 0x80) == 0
                ? DnsCodec.Write(new DnsMessage { Id = (ushort)((query[0] << 8) | query[1]), IsResponse = true, Code = DnsCode.FormatError })
                : null;
        }
        if (asked.IsResponse) return null;
        var limit = overTcp ? DnsCodec.TcpSize : asked.Edns is { } edns ? Math.Clamp((int)edns.UdpSize, DnsCodec.PlainUdpSize, MaxUdpSize) : DnsCodec.PlainUdpSize;
        try
        {
            var reply = Answer(asked, zone, rotation);
            turns = reply.Answers.Count > 1;
            return DnsCodec.Write(reply, limit);
        }
        catch (DnsFormatException)
        {
            // A record that fits into no message, such as an externalName with a label of more than 63 letters, which Kubernetes lets pass.
            return DnsCodec.Write(new DnsMessage { Id = asked.Id, IsResponse = true, RecursionDesired = asked.RecursionDesired, Questions = asked.Questions, Code = DnsCode.ServerFailure });
        }
    }

    private static DnsMessage Answer(DnsMessage asked, ClusterZone zone, ulong rotation)
    {
        var reply = new DnsMessage
        {
            Id = asked.Id,
            IsResponse = true,
            Opcode = asked.Opcode,
            RecursionDesired = asked.RecursionDesired,
            RecursionAvailable = true,
            Questions = asked.Questions,
            Additional = asked.Edns is null ? [] : [new DnsRecord.Options(MaxUdpSize)],
        };
        if (asked.Opcode != 0) return reply with { Code = DnsCode.NotImplemented };
        if (asked.Questions is not [var question]) return reply with { Code = DnsCode.FormatError };
        if (question.Class is not (DnsRecord.Internet or 255)) return reply with { Code = DnsCode.Refused };

        var found = ZoneLookup.Resolve(zone, question.Name, question.Type);
        var inZone = question.Name.EndsWith(zone.Domain, StringComparison.OrdinalIgnoreCase);
        return reply with
        {
            Code = found.Code,
            Authoritative = inZone,
            Answers = Rotated(found.Answers, rotation),
            Authorities = found.Negative is null ? [] : [found.Negative],
            Additional = [.. found.Additional, .. reply.Additional],
        };
    }

    /// <summary>Aliases stay in front; the addresses behind them are turned.</summary>
    private static IReadOnlyList<DnsRecord> Rotated(IReadOnlyList<DnsRecord> answers, ulong rotation)
    {
        var addresses = answers.OfType<DnsRecord.Address>().ToList();
        if (addresses.Count < 2) return answers;
        var first = (int)(rotation % (ulong)addresses.Count);
        return [.. answers.Where(a => a is not DnsRecord.Address), .. addresses.Skip(first), .. addresses.Take(first)];
    }
}
