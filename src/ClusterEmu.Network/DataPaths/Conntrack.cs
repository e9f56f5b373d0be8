namespace ClusterEmu.Network;

/// <summary>One node's translated connections, in both directions. Bounded. Not thread-safe: its data path owns it.</summary>
/// <remarks>Times as in Linux: UDP 30 s, 120 s once answered; TCP 432000 s (5 days) while established, gone when closed.</remarks>
public sealed class Conntrack
{
    public const long UdpMicroseconds = 30_000_000;
    public const long UdpStreamMicroseconds = 120_000_000;
    public const long TcpEstablishedMicroseconds = 432_000_000_000;

    /// <summary>The first port that masquerading may pick.</summary>
    private const int FirstPort = 1024;
    private const int PortProbes = 128;
    private const long SearchEveryMicroseconds = 1_000_000;
    private long? _searchedAt;
    private readonly ConntrackIndex _byOriginal = new(replies: false);
    private readonly ConntrackIndex _byReply = new(replies: true);
    private readonly ConntrackQueue _udp = new(UdpMicroseconds);
    private readonly ConntrackQueue _udpStreams = new(UdpStreamMicroseconds);
    private readonly ConntrackQueue _established = new(TcpEstablishedMicroseconds);

    /// <param name="capacity">The most entries held; 1 or more. Linux: nf_conntrack_max, 262144 on larger machines.</param>
    public Conntrack(int capacity = 262_144)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
    }

    public int Capacity { get; }
    public int Count => _byOriginal.Count;

    /// <summary>All living entries, by original flow: for listings.</summary>
    public IReadOnlyList<ConntrackEntry> List(long now) =>
        [.. _byOriginal.All().Where(e => e.ExpiresAt > now).OrderBy(e => e.Original.Source).ThenBy(e => e.Original.Destination).ThenBy(e => e.Original.Protocol)];

    /// <summary>The entry whose first packet looked like this; its time starts anew.</summary>
    public ConntrackEntry? FindOriginal(in Flow flow, long now) => _byOriginal.Find(flow) is { } entry ? Refresh(entry, now) : null;

    /// <summary>The entry that this packet answers; its time starts anew.</summary>
    public ConntrackEntry? FindReply(in Flow flow, long now)
    {
        if (_byReply.Find(flow) is not { } entry) return null;
        entry.Replied = true;
        return Refresh(entry, now);
    }

    /// <returns>False if the table is full, even after dead entries were cleared away: Linux then drops the packet.</returns>
    public bool TryAdd(ConntrackEntry entry, long now)
    {
        if (_byOriginal.Count >= Capacity && !MakeRoom(now)) return false;
        Close(entry.OriginalFlow);
        _byOriginal.Set(entry);
        _byReply.Set(entry);
        QueueOf(entry).Renew(entry, now);
        return true;
    }

    /// <summary>Does what <see cref="TryAdd"/> and then <see cref="Close"/> would do, for a connection that ends as soon as it began; makes no entry.</summary>
    /// <returns>As <see cref="TryAdd"/>.</returns>
    public bool TryPass(in Flow original, in Flow translated, long now)
    {
        if (_byOriginal.Count == 0) return true; // It has room for one at least.
        if (_byOriginal.Count >= Capacity && !MakeRoom(now)) return false;
        Close(original);
        _byReply.Remove(translated.Reversed);
        return true;
    }

    /// <summary>A source port of <paramref name="nodeIp"/> that no other tracked connection to the destination uses.</summary>
    /// <param name="flow">The flow after DNAT.</param>
    /// <param name="nodeIp">The address to masquerade with.</param>
    /// <param name="randomBits">Where to begin (kube-proxy asks for --random-fully).</param>
    /// <returns>0 if all ports that were probed are taken.</returns>
    public int FreePort(in Flow flow, Ip nodeIp, ulong randomBits)
    {
        for (var probe = 0; probe < PortProbes; probe++)
        {
            var port = FirstPort + (int)((StableHash.Mix(randomBits) + (ulong)probe) % (65536 - FirstPort));
            if (_byReply.Find(new Flow(flow.Protocol, flow.Destination, new IpPort(nodeIp, port))) is null) return port;
        }
        return 0;
    }

    /// <summary>Forgets a connection that ended. Unknown flows are ignored.</summary>
    public void Close(in Flow original)
    {
        if (_byOriginal.Find(original) is { } entry) Remove(entry);
    }

    /// <summary>Clears dead entries away and says how many. Looks at no others.</summary>
    public int Sweep(long now) => Sweep(_udp, now) + Sweep(_udpStreams, now) + Sweep(_established, now);

    private int Sweep(ConntrackQueue queue, long now)
    {
        var dead = 0;
        for (; queue.First is { } entry && entry.ExpiresAt <= now; dead++) Remove(entry);
        return dead;
    }

    /// <summary>A full table is searched for dead entries once a second at most: a flood must not cost a search per packet.</summary>
    private bool MakeRoom(long now)
    {
        if (_searchedAt is { } last && now - last < SearchEveryMicroseconds) return false;
        _searchedAt = now;
        return Sweep(now) > 0;
    }

    internal void Remove(ConntrackEntry entry)
    {
        _byOriginal.Remove(entry.OriginalFlow, entry);
        _byReply.Remove(entry.TranslatedFlow.Reversed, entry); // A later connection may have its place.
        entry.Queue?.Remove(entry);
    }

    private ConntrackEntry? Refresh(ConntrackEntry entry, long now)
    {
        if (entry.ExpiresAt <= now)
        {
            Remove(entry);
            return null;
        }
        QueueOf(entry).Renew(entry, now);
        return entry;
    }

    private ConntrackQueue QueueOf(ConntrackEntry entry) =>
        entry.OriginalFlow.Protocol != IpProtocol.Udp ? _established : entry.Replied ? _udpStreams : _udp;
}
