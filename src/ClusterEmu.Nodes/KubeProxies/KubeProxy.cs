using ClusterEmu.Api;
using ClusterEmu.Hosting;

namespace ClusterEmu.Nodes;

/// <summary>
/// One node's kube-proxy: takes each newer table in its own time and publishes it to the node. <see cref="SyncPacer"/> decides when.
/// The node's last table stays when this actor stops, as rules stay in a kernel.
/// </summary>
/// <remarks>A restart forgets the tables that it holds back, and asks for the newest; of the Node it knows what it was told last.</remarks>
public sealed class KubeProxy : ReceiveActor, IWithTimers, IHolder
{
    /// <summary>All that this actor accepts, besides what the <see cref="TableSource"/> tells.</summary>
    public abstract record Command
    {
        private Command() { } // No cases outside this file.

        /// <summary>The Node changed: its annotation clusteremu.io/kube-proxy-delay counts from now on, and whether it is being deleted. No reply.</summary>
        public sealed record ObserveNode(Node Node) : Command;
    }

    /// <summary>Told to the data path after each sync, for those who watch ports.</summary>
    public sealed record TableSynced
    {
        public static readonly TableSynced Instance = new();
    }

    /// <summary>Tables held back by a delay, at most; beyond it the oldest of them are skipped.</summary>
    private const int MaxHeld = 4096;

    private readonly Queue<FedTable> _held = new();
    private readonly IActorRef _source;
    private readonly IActorRef _dataPath;
    private readonly NodeTable _table;
    private readonly Determinism _determinism;
    private readonly SyncPacer _pacer;
    private readonly TimeSpan _usualDelay;
    private readonly HealthPorts _health;
    private TimeSpan _delay;
    private bool _awaiting;

    private KubeProxy(Kept kept, NodeTable table, IActorRef source, IActorRef dataPath, KubeProxyOptions options)
    {
        _source = source;
        _dataPath = dataPath;
        _table = table;
        _determinism = Determinism.For(Context.System);
        _usualDelay = options.PropagationDelay;
        _health = new HealthPorts(table, dataPath, _determinism);
        _health.Observe(kept.Node);
        _delay = ProxyDelay.Of(kept.Node, _usualDelay);
        _pacer = new SyncPacer(options.MinSyncPeriod, options.BurstSyncs, _determinism.Microseconds, options.StartSyncs);
        Receive<TableSource.NewerTable>(message =>
        {
            _awaiting = false;
            _held.Enqueue(message.Table);
            if (_held.Count > MaxHeld) _held.Dequeue();
            // With a delay every table counts; without one, only the newest when the sync comes.
            if (_delay > TimeSpan.Zero) AwaitNewer(message.Table.Root.Revision);
            Sync();
        });
        Receive<Command.ObserveNode>(message =>
        {
            kept.Node = message.Node;
            _health.Observe(message.Node);
            var delay = ProxyDelay.Of(message.Node, _usualDelay);
            if (delay == _delay) return;
            _delay = delay;
            if (_held.LastOrDefault() is { } last && delay > TimeSpan.Zero) AwaitNewer(last.Root.Revision);
            Sync();
        });
        Receive<Tick>(_ => { Sync(); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public void ListHoldings(List<Holding> holdings) => holdings.Add(new("tables that are held back", _held.Count, MaxHeld));

    /// <param name="node">The Node as it is now.</param>
    /// <param name="table">Where its table goes.</param>
    /// <param name="source">The process's <see cref="TableSource"/>.</param>
    /// <param name="dataPath">Told <see cref="TableSynced"/> after each sync, and which health ports to open.</param>
    /// <param name="options">Pace and delay.</param>
    public static Props PropsFor(Node node, NodeTable table, IActorRef source, IActorRef dataPath, KubeProxyOptions options) =>
        Props.CreateBy(new Producer(node, table, source, dataPath, options));

    protected override void PreStart()
    {
        base.PreStart();
        var published = _table.Published;
        if (published.Root.Revision > 0) _health.Follow(published); // After a restart: the table stands, and its ports were closed.
        AwaitNewer(published.Root.Revision);
    }

    protected override void PostStop()
    {
        _health.CloseAll();
        base.PostStop();
    }

    private void Sync()
    {
        var now = _determinism.Microseconds;
        var due = 0;
        foreach (var held in _held)
        {
            if (held.CompiledAt + (long)_delay.TotalMicroseconds > now) break;
            due++;
        }
        if (due == 0)
        {
            if (_held.TryPeek(out var next)) Wake(next.CompiledAt + (long)_delay.TotalMicroseconds - now);
            return;
        }
        if (_pacer.TryTake(now) is var wait && wait > 0)
        {
            Wake(wait);
            return;
        }

        FedTable? taken = null;
        for (; due > 0; due--) taken = _held.Dequeue();
        // Changes that came while this sync had to wait are taken along.
        if (_delay == TimeSpan.Zero && _table.Newest.Root.Revision > taken!.Root.Revision) taken = _table.Newest;
        var published = new PublishedTable(taken!.Root, now);
        _table.Publish(published);
        _dataPath.Tell(TableSynced.Instance);
        _health.Follow(published);
        AwaitNewer(Math.Max(taken.Root.Revision, _held.LastOrDefault()?.Root.Revision ?? 0));
        if (_held.TryPeek(out var later)) Wake(later.CompiledAt + (long)_delay.TotalMicroseconds - now);
    }

    private void AwaitNewer(long revision)
    {
        if (_awaiting) return;
        _awaiting = true;
        _source.Tell(new TableSource.Command.AwaitNewer(revision));
    }

    private void Wake(long microseconds) =>
        Timers.StartSingleTimer(nameof(Tick), Tick.Instance, TimeSpan.FromMicroseconds(Math.Max(1, microseconds)));

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }

    /// <summary>What outlives a restart.</summary>
    private sealed class Kept
    {
        public required Node Node { get; set; }
    }

    private sealed class Producer(Node node, NodeTable table, IActorRef source, IActorRef dataPath, KubeProxyOptions options) : IIndirectActorProducer
    {
        private readonly Kept _kept = new() { Node = node };

        public Type ActorType => typeof(KubeProxy);

        public ActorBase Produce() => new KubeProxy(_kept, table, source, dataPath, options);

        public void Release(ActorBase actor) { }
    }
}
