namespace ClusterEmu.Network;

/// <summary>A tracked connection whose addresses were translated.</summary>
/// <param name="original">As the first packet came.</param>
/// <param name="translated">As it went on.</param>
/// <param name="entry">The table's entry that decided; null if only the source was translated.</param>
/// <param name="endpoint">The endpoint it leads to; null if only the source was translated.</param>
public sealed class ConntrackEntry(Flow original, Flow translated, TableEntry? entry, TableEndpoint? endpoint)
{
    public Flow Original { get; } = original;
    public Flow Translated { get; } = translated;
    public TableEntry? Entry { get; } = entry;
    public TableEndpoint? Endpoint { get; } = endpoint;

    /// <summary>A packet came back.</summary>
    public bool Replied { get; internal set; }

    /// <summary>Microseconds; the entry is dead from then on.</summary>
    public long ExpiresAt { get; internal set; }

    /// <summary>The table under which a UDP entry was last found to lead to a living endpoint.</summary>
    internal TableRoot? CheckedAgainst { get; set; }
}

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
    private readonly Dictionary<Flow, ConntrackEntry> _byOriginal = new(FlowComparer.Instance);
    private readonly Dictionary<Flow, ConntrackEntry> _byReply = new(FlowComparer.Instance);

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
        [.. _byOriginal.Values.Where(e => e.ExpiresAt > now).OrderBy(e => e.Original.Source).ThenBy(e => e.Original.Destination).ThenBy(e => e.Original.Protocol)];

    /// <summary>The entry whose first packet looked like this; its time starts anew.</summary>
    public ConntrackEntry? FindOriginal(in Flow flow, long now)
    {
        if (_byOriginal.Count == 0 || !_byOriginal.TryGetValue(flow, out var entry)) return null;
        return Refresh(entry, now);
    }

    /// <summary>The entry that this packet answers; its time starts anew.</summary>
    public ConntrackEntry? FindReply(in Flow flow, long now)
    {
        if (_byReply.Count == 0 || !_byReply.TryGetValue(flow, out var entry)) return null;
        entry.Replied = true;
        return Refresh(entry, now);
    }

    /// <returns>False if the table is full, even after dead entries were cleared away: Linux then drops the packet.</returns>
    public bool TryAdd(ConntrackEntry entry, long now)
    {
        if (_byOriginal.Count >= Capacity && !MakeRoom(now)) return false;
        if (_byOriginal.TryGetValue(entry.Original, out var old)) Remove(old);
        _byOriginal[entry.Original] = entry;
        _byReply[entry.Translated.Reversed] = entry;
        entry.ExpiresAt = now + LifeOf(entry);
        return true;
    }

    /// <summary>Does what <see cref="TryAdd"/> and then <see cref="Close"/> would do, for a connection that ends as soon as it began; makes no entry.</summary>
    /// <returns>As <see cref="TryAdd"/>.</returns>
    public bool TryPass(in Flow original, in Flow translated, long now)
    {
        if (_byOriginal.Count == 0) return true; // It has room for one at least.
        if (_byOriginal.Count >= Capacity && !MakeRoom(now)) return false;
        if (_byOriginal.TryGetValue(original, out var old)) Remove(old);
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
            if (!_byReply.ContainsKey(new Flow(flow.Protocol, flow.Destination, new IpPort(nodeIp, port)))) return port;
        }
        return 0;
    }

    /// <summary>Forgets a connection that ended. Unknown flows are ignored.</summary>
    public void Close(in Flow original)
    {
        if (_byOriginal.TryGetValue(original, out var entry)) Remove(entry);
    }

    /// <summary>Clears dead entries away and says how many.</summary>
    public int Sweep(long now)
    {
        var before = _byOriginal.Count;
        foreach (var entry in _byOriginal.Values)
            if (entry.ExpiresAt <= now) Remove(entry); // Dictionaries may be enumerated on after a removal.
        return before - _byOriginal.Count;
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
        _byOriginal.Remove(entry.Original);
        var reply = entry.Translated.Reversed;
        if (_byReply.TryGetValue(reply, out var holder) && ReferenceEquals(holder, entry)) _byReply.Remove(reply);
    }

    private ConntrackEntry? Refresh(ConntrackEntry entry, long now)
    {
        if (entry.ExpiresAt <= now)
        {
            Remove(entry);
            return null;
        }
        entry.ExpiresAt = now + LifeOf(entry);
        return entry;
    }

    private static long LifeOf(ConntrackEntry entry) => entry.Original.Protocol switch
    {
        IpProtocol.Udp => entry.Replied ? UdpStreamMicroseconds : UdpMicroseconds,
        _ => TcpEstablishedMicroseconds,
    };
}
