using ClusterEmu.Api;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Keeps a kube-proxy's health ports open on its node: its own, and one for each Service that wants local endpoints only.</summary>
/// <param name="table">The node and its table; answers are read from it when they are asked for.</param>
/// <param name="dataPath">Where ports are opened and closed.</param>
/// <param name="determinism">For the times in answers.</param>
internal sealed class HealthPorts(NodeTable table, IActorRef dataPath, Determinism determinism)
{
    private readonly SortedDictionary<int, (ObjectName Service, AddListener Opened)> _services = [];
    private AddListener? _own;
    private long _syncedAt;
    private bool _eligible = true;

    /// <summary>The Node changed: whether load balancers may send to it counts from now on.</summary>
    public void Observe(Node node) => Volatile.Write(ref _eligible, ProxyHealth.IsEligible(node));

    /// <summary>Opens and closes ports as the table asks. Tells the data path what changed only.</summary>
    public void Follow(PublishedTable published)
    {
        Volatile.Write(ref _syncedAt, determinism.UtcNow.UtcTicks);
        _own ??= Open(ProxyHealth.Port, path => ProxyHealth.OfProxy(path, Volatile.Read(ref _eligible), new DateTimeOffset(Volatile.Read(ref _syncedAt), TimeSpan.Zero), determinism.UtcNow));
        var wanted = ProxyHealth.PortsOf(published.Root);
        foreach (var (port, open) in _services.Where(s => !wanted.TryGetValue(s.Key, out var service) || service != s.Value.Service).ToList())
        {
            Close(open.Opened);
            _services.Remove(port);
        }
        foreach (var (port, service) in wanted)
            if (!_services.ContainsKey(port)) _services[port] = (service, Open(port, _ => ProxyHealth.OfService(table.Published.Root, table.Facts.Name, service)));
    }

    public void CloseAll()
    {
        if (_own is not null) Close(_own);
        foreach (var open in _services.Values) Close(open.Opened);
        _own = null;
        _services.Clear();
    }

    private AddListener Open(int port, Func<string, HealthAnswer> answer)
    {
        var opened = new AddListener(new IpPort(table.Facts.Addresses[0], port), new HealthListener(table.Facts.Name, answer));
        dataPath.Tell(opened);
        return opened;
    }

    private void Close(AddListener opened) => dataPath.Tell(new RemoveListener(opened.Address, opened.Listener));
}
