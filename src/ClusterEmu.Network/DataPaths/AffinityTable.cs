namespace ClusterEmu.Network;

/// <summary>Who stays with which endpoint (sessionAffinity ClientIP). Bounded: the client seen longest ago gives way. Not thread-safe.</summary>
public sealed class AffinityTable
{
    private readonly Dictionary<Key, LinkedListNode<Stay>> _stays = [];
    private readonly LinkedList<Stay> _bySeen = new();

    /// <param name="capacity">The most clients remembered over all Services; 1 or more.</param>
    public AffinityTable(int capacity = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
    }

    public int Capacity { get; }
    public int Count => _stays.Count;

    /// <summary>Where the client was sent last, if that was less than <paramref name="seconds"/> ago.</summary>
    /// <param name="service">The Service port: <see cref="ServicePortTable.StateKey"/>.</param>
    /// <param name="server">The virtual server's address in ipvs mode, which counts each apart; default in iptables mode.</param>
    /// <param name="client">The client's address as the node sees it.</param>
    /// <param name="seconds">The Service's time-out.</param>
    /// <param name="now">Microseconds.</param>
    public IpPort? Find(string service, IpPort server, Ip client, int seconds, long now)
    {
        if (!_stays.TryGetValue(new Key(service, server, client), out var node)) return null;
        return now - node.Value.SeenAt < seconds * 1_000_000L ? node.Value.Endpoint : null;
    }

    /// <summary>Notes where the client is sent now; its time starts anew.</summary>
    public void Note(string service, IpPort server, Ip client, IpPort endpoint, long now)
    {
        var key = new Key(service, server, client);
        if (_stays.TryGetValue(key, out var node)) _bySeen.Remove(node);
        else if (_stays.Count >= Capacity && _bySeen.First is { } oldest)
        {
            _stays.Remove(oldest.Value.Key);
            _bySeen.RemoveFirst();
        }
        _stays[key] = _bySeen.AddLast(new Stay(key, endpoint, now));
    }

    private readonly record struct Key(string Service, IpPort Server, Ip Client);

    private readonly record struct Stay(Key Key, IpPort Endpoint, long SeenAt);
}
