using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What listens on one node: its Pods' ports and its own.</summary>
/// <param name="facts">The node as it was when this was made; see <see cref="Facts"/>.</param>
public sealed class LocalListeners(NodeFacts facts) : ILocalSockets
{
    private readonly Dictionary<Ip, string> _pods = [];
    private readonly Dictionary<Socket, IInboundListener> _listeners = [];

    public NodeFacts Facts { get; set; } = facts;
    public int PodCount => _pods.Count;

    /// <summary>Ports that are open on the node's own addresses.</summary>
    public IEnumerable<(IpProtocol Protocol, int Port)> HostPorts =>
        _listeners.Keys.Where(key => Facts.IsOwn(key.Address.Ip)).Select(key => (key.Protocol, key.Address.Port)).Distinct().Order();

    public LocalSocket Look(IpProtocol protocol, IpPort address)
    {
        if (Find(protocol, address) is not null) return LocalSocket.Listening;
        return _pods.ContainsKey(address.Ip) || Facts.IsOwn(address.Ip) ? LocalSocket.Closed : LocalSocket.NoAddress;
    }

    public IInboundListener? Find(IpProtocol protocol, IpPort address)
    {
        // What listens on the node listens on all of its addresses, 127.0.0.1 among them.
        if (AddressPlan.PodLoopback.Contains(address.Ip)) address = address with { Ip = Facts.Addresses[0] };
        return _listeners.GetValueOrDefault(new Socket(protocol, address));
    }

    public void AddPod(Ip address, string owner) => _pods[address] = owner;

    public void RemovePod(Ip address)
    {
        _pods.Remove(address);
        foreach (var key in _listeners.Keys.Where(key => key.Address.Ip == address).ToList()) _listeners.Remove(key);
    }

    public void Add(IpPort address, IInboundListener listener) => _listeners[new Socket(listener.Protocol, address)] = listener;

    /// <summary>Ignored if another listener has the port by now.</summary>
    public void Remove(IpPort address, IInboundListener listener)
    {
        var key = new Socket(listener.Protocol, address);
        if (_listeners.TryGetValue(key, out var known) && ReferenceEquals(known, listener)) _listeners.Remove(key);
    }

    public void Clear()
    {
        _pods.Clear();
        _listeners.Clear();
    }

    /// <summary>Its hash is cheap: it is asked for twice with each packet that arrives.</summary>
    private readonly record struct Socket(IpProtocol Protocol, IpPort Address)
    {
        public bool Equals(Socket other) =>
            Address.Port == other.Address.Port && Address.Ip.Low == other.Address.Ip.Low && Protocol == other.Protocol && Address.Ip.High == other.Address.Ip.High;

        public override int GetHashCode() => (int)StableHash.Mix(Address.Ip.Low ^ Address.Ip.High ^ ((ulong)(uint)Address.Port << 40) ^ ((ulong)Protocol << 56));
    }
}
