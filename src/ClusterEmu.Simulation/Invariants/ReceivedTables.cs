using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>
/// What each node process was told of Services and EndpointSlices, and when: the tables that its nodes ought to have, compiled apart from the
/// process's own; and how far each node may be behind.
/// </summary>
public sealed class ReceivedTables
{
    /// <summary>Longer than any request is on its way, and than most time-outs of affinity.</summary>
    private const long Kept = 60_000_000;
    private const long Slack = 1_000;

    private readonly SimulatedWorld _world;
    private long? _pace; // Asked for with every request, and dear to work out.
    private readonly Dictionary<string, Life> _lives = new(StringComparer.Ordinal);

    internal ReceivedTables(SimulatedWorld world)
    {
        _world = world;
        world.Events.Observe<InformerSynced>((process, actor, message) =>
        {
            if (IsSource(actor)) LifeOf(process).Synced(message, world.Now);
        });
        world.Events.Observe<InformerChanged>((process, actor, message) =>
        {
            if (IsSource(actor)) LifeOf(process).Changed(message, world.Now);
        });
        world.Events.Observe<PodDispatcher.NodeListed>((process, actor, message) => NodeTold(process, actor, message.Node));
        world.Events.Observe<PodDispatcher.NodeSeen>((process, actor, message) => NodeTold(process, actor, message.Node));
    }

    /// <summary>When the present life of a process was first heard of; null before.</summary>
    public long? LifeBegan(NodesSite site) => Known(site)?.Began;

    /// <summary>The tables that may be in force on a node at a moment, as its process received them; null if that is not known (any more).</summary>
    public TableSpan? Within(NodesSite site, string node, long at) =>
        Known(site) is { } life && at >= life.Began ? life.History.Within(Earliest(site, life, node, at), at) : null;

    /// <summary>All tables received from <paramref name="from"/> on, with those that may have been in force then.</summary>
    public TableSpan? Since(NodesSite site, string node, long from, long to) =>
        Known(site) is { } life && from >= life.Began && from > to - Kept + BehindOf(life, node, from) ? life.History.Within(Earliest(site, life, node, from), to) : null;

    /// <summary>How far a node may be behind what its process received, in microseconds: the pace of its syncs, and the delay that its annotation asks for.</summary>
    public long Behind(NodesSite site, string node, long at) => Known(site) is { } life ? BehindOf(life, node, at) : 0;

    private long Earliest(NodesSite site, Life life, string node, long at)
    {
        var behind = BehindOf(life, node, at);
        var from = at - behind;
        // Frozen actors take nothing: the time does not count.
        foreach (var (began, ended) in site.Process!.Frozen)
            if (began <= at && ended >= from) from = Math.Min(from, began - behind);
        return from;
    }

    private long BehindOf(Life life, string node, long at)
    {
        _pace ??= (long)_world.Options.NodesOf(0).KubeProxy.MinSyncPeriod.TotalMicroseconds + Slack;
        var pace = _pace.Value;
        return pace + life.LongestDelay(node, at - pace, at);
    }

    private Life? Known(NodesSite site) => _lives.TryGetValue(site.Name, out var life) && ReferenceEquals(life.Process, site.Process) ? life : null;

    private static bool IsSource(IActorRef actor) => actor.Path.Name == "table-source";

    private Life LifeOf(SimulatedProcess process)
    {
        if (_lives.TryGetValue(process.Name, out var life) && ReferenceEquals(life.Process, process)) return life;
        return _lives[process.Name] = new Life(process, _world.Now);
    }

    private void NodeTold(SimulatedProcess process, IActorRef host, Node? node)
    {
        if (node is not null && host.Path.Name == node.Metadata.Name) LifeOf(process).Delayed(node.Metadata.Name, _world.Now, (long)ProxyDelay.Of(node, TimeSpan.Zero).TotalMicroseconds);
    }

    private sealed class Life(SimulatedProcess process, long began)
    {
        private readonly Dictionary<string, List<(long At, long Delay)>> _delays = new(StringComparer.Ordinal);
        private readonly HashSet<string> _synced = new(StringComparer.Ordinal);
        private TableCompiler _compiler = new();

        public SimulatedProcess Process => process;

        public long Began => began;

        public TableHistory History { get; } = new(Kept);

        public void Synced(InformerSynced message, long now)
        {
            if (!_synced.Add(message.Kind.Plural)) // The actor was restarted, and begins anew.
            {
                _compiler = new TableCompiler(_compiler.Root.Revision);
                _synced.Clear();
                _synced.Add(message.Kind.Plural);
            }
            foreach (var item in message.Items) Apply(item, false, item.Metadata.ResourceVersion);
            Note(now);
        }

        public void Changed(InformerChanged message, long now)
        {
            Apply(message.Object, message.Type == WatchEventType.Deleted, message.ResourceVersion);
            Note(now);
        }

        public void Delayed(string node, long now, long delay)
        {
            if (!_delays.TryGetValue(node, out var delays)) _delays[node] = delays = [];
            if (delays.Count == 0 || delays[^1].Delay != delay) delays.Add((now, delay));
        }

        public long LongestDelay(string node, long from, long to)
        {
            if (!_delays.TryGetValue(node, out var delays)) return 0;
            var longest = 0L;
            for (var i = delays.Count - 1; i >= 0; i--)
            {
                if (delays[i].At > to) continue;
                longest = Math.Max(longest, delays[i].Delay);
                if (delays[i].At <= from) break;
            }
            return longest;
        }

        private void Note(long now)
        {
            if (_synced.Count == 2) History.Add(now, _compiler.Root);
        }

        private void Apply(IKubeObject value, bool removed, string version)
        {
            switch (value)
            {
                case Service service:
                    _ = removed ? _compiler.RemoveService(service, version) : _compiler.SetService(service, version);
                    break;
                case EndpointSlice slice:
                    _ = removed ? _compiler.RemoveSlice(slice, version) : _compiler.SetSlice(slice, version);
                    break;
            }
        }
    }
}
