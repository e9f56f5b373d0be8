using ClusterEmu.Fabric;

namespace ClusterEmu.Simulation;

/// <summary>One request of a client, from its beginning to its end; used again and again.</summary>
internal sealed class LoadCall
{
    private byte[] _query = [];

    public LoadCall()
    {
        Http = new FastRequest { Tag = this };
        Dns = new FastRequest { Tag = this, Protocol = Network.IpProtocol.Udp };
    }

    public FastRequest Http { get; }
    public FastRequest Dns { get; }

    /// <summary>Of the client's requests; 0 while it is not in use.</summary>
    public long Number { get; set; }
    public LoadSender? Sender { get; set; }
    public long StartedAt { get; set; }
    public long SentAt { get; set; }
    public long Deadline { get; set; }

    /// <summary>Which of the names is asked for, from 0.</summary>
    public int Candidate { get; set; }

    /// <summary>How often it was asked for.</summary>
    public int Attempt { get; set; }
    public int Questions { get; set; }
    public long AskedAt { get; set; }
    public ushort QueryId { get; set; }
    public NamePlan? Names { get; set; }

    /// <summary>It has been given up, while somebody else still had it.</summary>
    public bool Abandoned { get; set; }

    /// <summary>The message with this number, in a buffer of the call's own.</summary>
    public ReadOnlyMemory<byte> Query(byte[] template, ushort id)
    {
        if (_query.Length < template.Length) _query = new byte[template.Length];
        template.CopyTo(_query, 0);
        QueryId = id;
        (_query[0], _query[1]) = ((byte)(id >> 8), (byte)id);
        return _query.AsMemory(0, template.Length);
    }
}
