using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>
/// One node's kernel as far as packets go: rules, conntrack, affinity, turns, and who listens. <see cref="DataPathPolicy"/> decides.
/// Answers <see cref="OpenFlow"/> with <see cref="FlowVerdict"/>, and <see cref="FastRequest"/> or sends it on; takes what <c>DataPathCommands.cs</c> names.
/// </summary>
/// <remarks>A restart forgets conntrack, affinity and turns. Who listens, who watches ports, and whether there is power is kept: nobody would tell it again.</remarks>
public sealed class DataPath : ReceiveActor, IWithTimers, IHolder
{
    /// <summary>All that this actor accepts, besides the fabric's and the Pods' messages.</summary>
    public abstract record Command
    {
        private Command() { } // No cases outside this file.

        /// <summary>The Node's addresses, ranges or zone changed. No reply.</summary>
        public sealed record ObserveNode(NodeFacts Facts) : Command;

        /// <summary>Switches the node off, which forgets everything but the subscribers, or on again. The table is not its own to forget. No reply.</summary>
        public sealed record SwitchPower(bool On) : Command;
    }

    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(10);
    private readonly Kept _kept;
    private readonly List<IActorRef> _portWatchers;
    private readonly Determinism _determinism;
    private readonly RandomStream _random;
    private readonly NodeTable _table;
    private readonly LocalListeners _listeners;
    private readonly int _conntrackMax;
    private NodeFacts _facts;
    private DataPathState _state;
    private PortStatesFrame? _portsTold;
    private bool _sweeping;

    private DataPath(NodeTable table, int conntrackMax, Kept kept)
    {
        var facts = table.Facts;
        _determinism = Determinism.For(Context.System);
        _random = _determinism.Stream($"data-path/{facts.Name}");
        _facts = facts;
        _table = table;
        _conntrackMax = conntrackMax;
        _kept = kept;
        _listeners = kept.Listeners;
        _portWatchers = kept.PortWatchers;
        _state = new DataPathState(conntrackMax);
        Receive<FastRequest>(message => { Handle(message); });
        Receive<OpenFlow>(message => { Sender.Tell(Open(message)); });
        Receive<CloseFlow>(message => { _state.Conntrack.Close(message.Original); });
        Receive<AddPod>(message => { _listeners.AddPod(message.Address, message.Owner); });
        Receive<RemovePod>(message => { ChangeListeners(l => l.RemovePod(message.Address), message.Address); });
        Receive<AddListener>(message => { ChangeListeners(l => l.Add(message.Address, message.Listener), message.Address.Ip); });
        Receive<RemoveListener>(message => { ChangeListeners(l => l.Remove(message.Address, message.Listener), message.Address.Ip); });
        Receive<WatchPortStates>(message =>
        {
            if (_portWatchers.Contains(message.Subscriber)) return;
            _portWatchers.Add(message.Subscriber);
            Context.Watch(message.Subscriber);
            message.Subscriber.Tell(_portsTold = Ports());
        });
        Receive<Terminated>(message => { _portWatchers.Remove(message.ActorRef); });
        Receive<KubeProxy.TableSynced>(_ => { TellPorts(); });
        Receive<Command.ObserveNode>(message =>
        {
            _facts = _listeners.Facts = message.Facts;
            _table.Observe(message.Facts);
            TellPorts();
        });
        Receive<Command.SwitchPower>(message => { Switch(message.On); });
        Receive<Sweep>(_ =>
        {
            _state.Conntrack.Sweep(_determinism.Microseconds);
            _state.Turns.Prune(_table.Published.Root);
            if (_state.Conntrack.Count > 0) return;
            Timers.Cancel(nameof(Sweep));
            _sweeping = false;
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public void ListHoldings(List<Holding> holdings)
    {
        holdings.Add(new("tracked connections", _state.Conntrack.Count, _state.Conntrack.Capacity));
        holdings.Add(new("clients with affinity", _state.Affinity.Count, _state.Affinity.Capacity));
    }

    /// <param name="table">The node, and the table that its kube-proxy publishes.</param>
    /// <param name="options">How many connections may be tracked.</param>
    public static Props PropsFor(NodeTable table, KubeProxyOptions options) => Props.CreateBy(new Producer(table, options.ConntrackMax));

    private FlowVerdict Open(OpenFlow open)
    {
        if (!_kept.On)
        {
            var off = Off();
            TraceHop[] lost = open.Trace ? [off] : [];
            return new FlowVerdict(FlowAction.Drop, open.Flow, open.Flow, null, off.Detail, 0, lost, open.Tag);
        }
        var decision = DataPathPolicy.Decide(
            _table.Published.Root, _facts, _listeners, _state, open.Flow, (PacketOrigin)open.Origin, _random.Next(), _determinism.Microseconds);
        StartSweeping();
        var listener = decision.Kind == DecisionKind.Deliver
            ? _listeners.Find(decision.Translated.Protocol, decision.Translated.Destination)
            : null;
        return new FlowVerdict(
            (FlowAction)decision.Kind,
            decision.Original,
            decision.Translated,
            listener,
            DecisionText.Reason(decision, _facts),
            decision.Revision,
            open.Trace ? DecisionText.Hops(decision, _facts, listener?.Owner ?? "") : [],
            open.Tag);
    }

    /// <summary>A whole request: the decision is that of <see cref="Open"/>, for a connection that ends in this turn.</summary>
    private void Handle(FastRequest request)
    {
        var now = _determinism.Microseconds;
        var root = _table.Published.Root;
        request.Meet(root.Revision);
        if (!_kept.On)
        {
            request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? Off().Detail : "");
            if (request.Trace) request.AddHops([Off()], now);
            request.Network!.Return(request, _facts.Name, Sender, Self);
            return;
        }
        var decision = DataPathPolicy.Decide(
            root, _facts, _listeners, _state, request.Flow, (PacketOrigin)request.Origin, _random.Next(), now,
            request.Protocol == IpProtocol.Udp ? FlowLife.UntilClosed : FlowLife.Instant);
        if (request.Protocol == IpProtocol.Udp) StartSweeping();
        if (decision.Endpoint is not null) request.Choose(_facts.Name, decision, now);
        if (decision.Kind == DecisionKind.Forward)
        {
            if (request.Trace) request.AddHops(DecisionText.Hops(decision, _facts), now);
            request.Network!.SendOn(request, _facts.Name, decision.Translated, Sender, now);
            return;
        }
        FastDelivery.End(request, decision, _facts, _listeners, _determinism);
        request.Network!.Return(request, _facts.Name, Sender, Self);
    }

    private TraceHop Off() => new($"node/{_facts.Name}", "drop",
        $"Node {_facts.Name} is switched off: packets to and from it are lost. 'clusteremu node start {_facts.Name}' switches it on.", null, 0);

    private void Switch(bool on)
    {
        if (on == _kept.On) return;
        _kept.On = on;
        if (!on)
        {
            _listeners.Clear();
            _state = new DataPathState(_conntrackMax);
        }
        TellPorts();
    }

    private void ChangeListeners(Action<LocalListeners> change, Ip address)
    {
        if (!_kept.On) return;
        change(_listeners);
        if (_facts.IsOwn(address)) TellPorts();
    }

    private PortStatesFrame Ports()
    {
        var root = _table.Published.Root;
        return new PortStatesFrame(_facts.Name, root.Revision, _kept.On, _kept.On ? NodePortStates.List(root, _facts, _listeners.HostPorts) : []);
    }

    private void TellPorts()
    {
        if (_portWatchers.Count == 0) return;
        var ports = Ports();
        // Most tables leave the ports as they were; the revision alone is no news.
        if (_portsTold is { } told && told.Alive == ports.Alive && told.Ports.SequenceEqual(ports.Ports)) return;
        _portsTold = ports;
        foreach (var watcher in _portWatchers) watcher.Tell(ports);
    }

    private void StartSweeping()
    {
        if (_sweeping || _state.Conntrack.Count == 0) return;
        _sweeping = true;
        Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, SweepPeriod);
    }

    private sealed record Sweep
    {
        public static readonly Sweep Instance = new();
    }

    /// <summary>What outlives a restart.</summary>
    private sealed class Kept(LocalListeners listeners)
    {
        public LocalListeners Listeners => listeners;
        public List<IActorRef> PortWatchers { get; } = [];
        public bool On { get; set; } = true;
    }

    private sealed class Producer(NodeTable table, int conntrackMax) : IIndirectActorProducer
    {
        private readonly Kept _kept = new(new LocalListeners(table.Facts));

        public Type ActorType => typeof(DataPath);

        public ActorBase Produce() => new DataPath(table, conntrackMax, _kept);

        public void Release(ActorBase actor) { }
    }
}
