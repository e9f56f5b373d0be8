using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>How a sender resolves a name: what it knows itself, else what it asks for, in order. Messages are made once and sent often.</summary>
internal sealed class NamePlan
{
    private const ushort UdpSize = 4096;
    private const int MaxAliases = 8;

    private NamePlan(Ip? known, Ip? server, IReadOnlyList<(string Name, byte[] Query, NameReader Reader)> questions, int aliases)
    {
        (Known, Server, Questions, _aliases) = (known, server, questions, aliases);
    }

    private readonly int _aliases;

    /// <summary>An address that needs no question.</summary>
    public Ip? Known { get; }

    /// <summary>Whom to ask; null: nobody.</summary>
    public Ip? Server { get; }

    /// <summary>Names as they are tried, with the message that asks for each (its number is 0), and what reads the answer.</summary>
    public IReadOnlyList<(string Name, byte[] Query, NameReader Reader)> Questions { get; }

    public static NamePlan Of(string host, NameSettings settings)
    {
        if (Ip.TryParse(host.Trim('[', ']'), out var literal)) return new NamePlan(literal, null, [], 0);
        if (settings.Hosts.TryGetValue(host.TrimEnd('.'), out var known) && known.Count > 0) return new NamePlan(known[0], null, [], 0);
        return settings.Nameserver is { } server
            ? new NamePlan(null, server, Encode(NameSearch.Candidates(host, settings.Search, settings.Dots)), 0)
            : new NamePlan(null, null, [], 0);
    }

    /// <summary>The plan to ask for an alias whose address the answer did not tell; null after too many of them.</summary>
    public NamePlan? For(string alias) => _aliases == MaxAliases ? null : new NamePlan(null, Server, Encode([alias]), _aliases + 1);

    private static List<(string, byte[], NameReader)> Encode(IReadOnlyList<string> names)
    {
        var questions = new List<(string, byte[], NameReader)>();
        foreach (var name in names)
        {
            try
            {
                questions.Add((name, DnsCodec.Write(DnsMessage.Query(0, name, DnsType.A, UdpSize)), new NameReader()));
            }
            catch (DnsFormatException)
            {
                continue; // Too long with this domain appended; the next one may fit.
            }
        }
        return questions;
    }
}

/// <summary>The last answer and what it said: most answers are like the one before, but for their number.</summary>
internal sealed class NameReader
{
    private byte[] _last = [];
    private NameAnswer _said;

    /// <summary>As <see cref="NameAnswer.Read"/>.</summary>
    public NameAnswer Read(ReadOnlySpan<byte> bytes, ushort id)
    {
        var isMine = bytes.Length > DnsCodec.HeaderLength && ((bytes[0] << 8) | bytes[1]) == id;
        if (isMine && bytes[2..].SequenceEqual(_last)) return _said;
        var said = NameAnswer.Read(bytes, id);
        if (said.Code is not null) (_last, _said) = (bytes[2..].ToArray(), said);
        return said;
    }
}

/// <summary>What an answer says to a resolver. Pure.</summary>
/// <param name="Code">Null: the bytes are no answer to this question.</param>
/// <param name="Address">The first address.</param>
/// <param name="Alias">The last alias, where no address came with it.</param>
internal readonly record struct NameAnswer(DnsCode? Code, Ip? Address, string? Alias)
{
    public static NameAnswer Read(ReadOnlySpan<byte> bytes, ushort id)
    {
        DnsMessage message;
        try
        {
            message = DnsCodec.Read(bytes);
        }
        catch (DnsFormatException)
        {
            return default;
        }
        if (!message.IsResponse || message.Id != id) return default;
        string? alias = null;
        foreach (var record in message.Answers)
        {
            if (record is DnsRecord.Address address) return new NameAnswer(message.Code, address.Ip, null);
            if (record is DnsRecord.Pointer { Type: DnsType.CNAME } pointer) alias = pointer.Target.TrimEnd('.');
        }
        return new NameAnswer(message.Code, null, alias);
    }
}
