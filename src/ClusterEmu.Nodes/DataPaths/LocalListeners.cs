using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What listens on one node: its Pods' ports and its own.</summary>
/// <param name="facts">The node as it was when this was made; see <see cref="Facts"/>.</param>
public sealed class LocalListeners(NodeFacts facts) : ILocalSockets
{
    private readonly Dictionary<Ip, string> _pods = [];
    private readonly Dictionary<(IpProtocol, IpPort), IInboundListener> _listeners = [];

    public NodeFacts Facts { get; set; } = facts;
    public int PodCount => _pods.Count;

    /// <summary>Ports that are open on the node's own addresses.</summary>
    public IEnumerable<(IpProtocol Protocol, int Port)> HostPorts =>
        _listeners.Keys.Where(key => Facts.IsOwn(key.Item2.Ip)).Select(key => (key.Item1, key.Item2.Port)).Distinct().Order();

    public LocalSocket Look(IpProtocol protocol, IpPort address)
    {
        if (Find(protocol, address) is not null) return LocalSocket.Listening;
        return _pods.ContainsKey(address.Ip) || Facts.IsOwn(address.Ip) ? LocalSocket.Closed : LocalSocket.NoAddress;
    }

    public IInboundListener? Find(IpProtocol protocol, IpPort address)
    {
        // What listens on the node listens on all of its addresses, 127.0.0.1 among them.
        if (AddressPlan.PodLoopback.Contains(address.Ip)) address = address with { Ip = Facts.Addresses[0] };
        return _listeners.GetValueOrDefault((protocol, address));
    }

    public void AddPod(Ip address, string owner) => _pods[address] = owner;

    public void RemovePod(Ip address)
    {
        _pods.Remove(address);
        foreach (var key in _listeners.Keys.Where(key => key.Item2.Ip == address).ToList()) _listeners.Remove(key);
    }

    public void Add(IpPort address, IInboundListener listener) => _listeners[(listener.Protocol, address)] = listener;

    /// <summary>Ignored if another listener has the port by now.</summary>
    public void Remove(IpPort address, IInboundListener listener)
    {
        if (_listeners.TryGetValue((listener.Protocol, address), out var known) && ReferenceEquals(known, listener))
            _listeners.Remove((listener.Protocol, address));
    }

    public void Clear()
    {
        _pods.Clear();
        _listeners.Clear();
    }
}
