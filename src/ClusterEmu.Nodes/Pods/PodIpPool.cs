using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>The Pod addresses of one node: the lowest free one of its Pod CIDR, from .2 on (.1 is the bridge).</summary>
public sealed class PodIpPool(Cidr range)
{
    private readonly SortedSet<Ip> _taken = [];
    private readonly int _size = (int)Math.Min(range.Count, 1 << 20);

    public Cidr Range => range;

    /// <summary>Addresses that can be given out in all.</summary>
    public int Capacity => Math.Max(0, _size - 3);

    /// <summary>Takes the lowest free address; null if none is left.</summary>
    public Ip? Take()
    {
        // The last address is the broadcast address.
        for (var i = 2; i < _size - 1; i++)
        {
            var ip = range.Host((ulong)i);
            if (_taken.Add(ip)) return ip;
        }

        return null;
    }

    /// <summary>Takes this very address; false if it is taken or none of this node's.</summary>
    public bool TryTake(Ip ip) => range.Contains(ip) && ip != range.Host(0) && ip != range.Host(1) && _taken.Add(ip);

    public void Release(Ip ip) => _taken.Remove(ip);

    /// <summary>What the kubelet reports when a Pod's network cannot be set up for want of an address.</summary>
    public string ExhaustedMessage =>
        "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: plugin type=\"host-local\" failed (add): "
        + $"failed to allocate for range 0: no IP addresses available in range set: {range.Host(1)}-{range.Host((ulong)Math.Max(1, _size - 2))}";
}
