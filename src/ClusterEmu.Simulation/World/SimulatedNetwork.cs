using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>The data bus of the simulated cluster: which node's data path is plugged in where.</summary>
public sealed class SimulatedNetwork
{
    private readonly Dictionary<string, (NodesSite Site, IActorRef DataPath)> _dataPaths = new(StringComparer.Ordinal);

    /// <summary>The data path of a node; null while the node is not plugged in.</summary>
    public IActorRef? DataPathOf(string node) => _dataPaths.TryGetValue(node, out var known) ? known.DataPath : null;

    internal INodeSwitch SwitchOf(NodesSite site) => new Switch(this, site);

    internal void Forget(NodesSite site)
    {
        foreach (var node in site.Nodes) _dataPaths.Remove(node);
    }

    private sealed class Switch(SimulatedNetwork network, NodesSite site) : INodeSwitch
    {
        public void Connect(string node, IActorRef dataPath) => network._dataPaths[node] = (site, dataPath);

        public void Disconnect(string node) => network._dataPaths.Remove(node);

        public void Cut(string node)
        {
            // The fast path has no connections that could hang: a request to a node without power is lost there.
        }

        public void Restore(string node)
        {
            // As above: nothing hangs that could be reset.
        }
    }
}
