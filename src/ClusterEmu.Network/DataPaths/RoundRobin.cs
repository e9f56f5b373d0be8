namespace ClusterEmu.Network;

/// <summary>ipvs' rr scheduler: one turn per virtual server. Not thread-safe.</summary>
/// <remarks>A turn is remembered as the endpoint served last, so that endpoints may come and go between.</remarks>
public sealed class RoundRobin
{
    private readonly Dictionary<TableKey, IpPort> _last = [];

    public int Count => _last.Count;

    /// <summary>Place of the endpoint whose turn it is; the list is sorted and not empty.</summary>
    public int Next(in TableKey virtualServer, TableEndpoint[] endpoints)
    {
        var index = 0;
        if (_last.TryGetValue(virtualServer, out var last))
        {
            // The first endpoint past the last one, by binary search; after the end it begins anew.
            int low = 0, high = endpoints.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (endpoints[middle].Address.CompareTo(last) <= 0) low = middle + 1;
                else high = middle;
            }
            index = low % endpoints.Length;
        }
        _last[virtualServer] = endpoints[index].Address;
        return index;
    }

    /// <summary>Forgets virtual servers that the table no longer has.</summary>
    public void Prune(TableRoot root)
    {
        foreach (var key in _last.Keys.ToList())
            if (!root.Entries.TryGet(key, out _) && !root.NodePorts.TryGet(new NodePortKey(key.Protocol, key.Port), out _)) _last.Remove(key);
    }
}
