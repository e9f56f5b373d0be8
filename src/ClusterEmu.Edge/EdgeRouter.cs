using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>
/// Everything outside the nodes: it answers <see cref="OpenFlow"/> for packets that are outside, and <see cref="FastRequest"/>, as a data
/// path does for a node. <see cref="OutsideRoutes"/> decides; load balancers are its children. It gathers what nodes and Services are like and
/// hands each new <see cref="EdgeSnapshot"/> to the load balancers and to whoever listens on the host.
/// </summary>
public sealed class EdgeRouter : ReceiveActor, IWithTimers
{
    /// <summary>So many nodes are asked for their ports, for the listeners on the host.</summary>
    public const int MaxWatchedNodes = 256;

    /// <summary>Changes that come this close together make one snapshot.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<string, EdgeNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EdgeService> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PortStatesFrame> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IDisposable> _watches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IActorRef> _balancers = new(StringComparer.Ordinal);
    private readonly HealthBook _health;
    private readonly EdgeRouterSetup _setup;
    private readonly Determinism _determinism;
    private EdgeSnapshot _cluster = EdgeSnapshot.Empty;
    private bool _waiting;
    private long _balancersMade;
    private long _checksMade;

    public EdgeRouter(EdgeRouterSetup setup)
    {
        _setup = setup;
        _determinism = Determinism.For(Context.System);
        _health = new HealthBook(StartCheck, Context.Stop);
        Receive<FastRequest>(message => { Handle(message); });
        Receive<OpenFlow>(message => { Open(message); });
        Receive<CloseFlow>(message =>
        {
            if (BalancerOf(message.Original.Destination.Ip) is { } balancer) balancer.Forward(message);
        });
        Receive<InformerSynced>(message =>
        {
            foreach (var item in message.Items) Observe(item, present: true);
        });
        Receive<InformerChanged>(message => { Observe(message.Object, message.Type != WatchEventType.Deleted); });
        Receive<PortStatesFrame>(frame =>
        {
            if (!_watches.ContainsKey(frame.Node)) return;
            _states[frame.Node] = frame;
            Changed();
        });
        Receive<PortStatesLost>(lost =>
        {
            if (_states.Remove(lost.Node)) Changed();
        });
        Receive<HealthObserved>(observed =>
        {
            if (_health.Take(observed, Sender)) Changed();
        });
        Receive<Publish>(_ => { PublishSnapshot(); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(EdgeRouterSetup setup) => Props.Create(() => new EdgeRouter(setup));

    protected override void PreStart()
    {
        base.PreStart();
        _setup.Informers.Tell(new SubscribeInformer(Kinds.Node, Self));
        _setup.Informers.Tell(new SubscribeInformer(Kinds.Service, Self));
    }

    protected override void PostStop()
    {
        foreach (var watch in _watches.Values) watch.Dispose();
        base.PostStop();
    }

    private void Open(OpenFlow open)
    {
        if (Decide(open.Flow, out var balancer) is not { } decided)
        {
            balancer!.Forward(open);
            return;
        }
        TraceHop[] hops = open.Trace ? [decided.Hop()] : [];
        Sender.Tell(new FlowVerdict(decided.Action, open.Flow, decided.Translated, decided.Listener, decided.Detail, 0, hops, open.Tag));
    }

    /// <summary>A whole request: the decision is that of <see cref="Open"/>.</summary>
    private void Handle(FastRequest request)
    {
        request.MeetEdge();
        if (Decide(request.Flow, out var balancer) is not { } decided)
        {
            balancer!.Forward(request);
            return;
        }
        var now = _determinism.Microseconds;
        if (decided.Action == FlowAction.Forward)
        {
            if (request.Trace) request.AddHops([decided.Hop()], now);
            request.Network!.SendOn(request, "", decided.Translated, Sender, now);
            return;
        }
        if (decided.Listener is { } listener)
        {
            request.Arrive(request.Flow, listener.Owner);
            if (listener is IFastListener fast) fast.Answer(request, _determinism.UtcNow);
            else request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, $"{listener.Owner} takes connections only. Dial one instead.");
        }
        else
        {
            request.Fail(
                decided.Action == FlowAction.Reject ? FastOutcome.Refused : FastOutcome.Dropped,
                decided.Action == FlowAction.Reject ? DecisionCause.PortClosed : DecisionCause.Routed,
                request.Trace ? decided.Detail : "");
        }
        if (request.Trace) request.AddHops([decided.Hop()], now);
        request.Network!.Return(request, "", Sender, Self);
    }

    /// <summary>What becomes of a packet that is outside.</summary>
    /// <param name="flow">Its addresses.</param>
    /// <param name="balancer">Decides, where the result is null.</param>
    private EdgeDecision? Decide(in Flow flow, out IActorRef? balancer)
    {
        balancer = null;
        var ip = flow.Destination.Ip;
        switch (OutsideRoutes.Of(flow, _cluster, _setup.Hosts, _setup.Plan))
        {
            case OutsideRoute.ToNode to:
                var translated = flow with { Destination = flow.Destination with { Ip = to.Node.InternalIP } };
                return new EdgeDecision(FlowAction.Forward, translated, null, "edge", "dnat", $"{ip} is the ExternalIP of {to.Node.Name}; the cloud's edge translates it to {to.Node.InternalIP}.");
            case OutsideRoute.ToNodeInside to:
                return new EdgeDecision(FlowAction.Forward, flow, null, "edge", "forward", $"{ip} is the InternalIP of {to.Node.Name}, and health checks come from the nodes' own network.");
            case OutsideRoute.ToLoadBalancer when BalancerOf(ip) is { } found:
                balancer = found;
                return null;
            case OutsideRoute.ToHost to:
                var owner = OutsideRoutes.OwnerOf(to.Host, ip);
                return new EdgeDecision(FlowAction.Deliver, flow, _setup.ListenerFor(to.Host, ip, to.Answer), owner, "deliver", $"{flow.Destination} is {to.Host.Name}, {to.Answer.ToString().ToLowerInvariant()}");
            case OutsideRoute.Closed closed:
                return new EdgeDecision(FlowAction.Reject, flow, null, OutsideRoutes.OwnerOf(closed.Host, ip), "reject", closed.Reason);
            case OutsideRoute.Nowhere nowhere:
                return new EdgeDecision(FlowAction.Drop, flow, null, "edge", "drop", nowhere.Reason);
            default:
                return new EdgeDecision(FlowAction.Drop, flow, null, "edge", "drop", $"The load balancer at {ip} is just being made.");
        }
    }

    private readonly record struct EdgeDecision(FlowAction Action, Flow Translated, IInboundListener? Listener, string At, string What, string Detail)
    {
        public TraceHop Hop() => new(At, What, Detail, null, 0);
    }

    private IActorRef? BalancerOf(Ip ip) =>
        _cluster.ServiceByIngress(ip) is { } service ? _balancers.GetValueOrDefault(service.Key) : null;

    private void Observe(IKubeObject value, bool present)
    {
        var changed = value switch
        {
            Node node => ObserveNode(node.Metadata.Name, present ? EdgeReader.Read(node) : null),
            Service service => ObserveService($"{service.Metadata.Namespace}/{service.Metadata.Name}", present ? EdgeReader.Read(service) : null),
            _ => false,
        };
        if (changed) Changed();
    }

    private bool ObserveNode(string name, EdgeNode? node)
    {
        if (node is null)
        {
            if (_watches.Remove(name, out var watch)) watch.Dispose();
            _states.Remove(name);
            return _nodes.Remove(name);
        }
        if (_nodes.TryGetValue(name, out var known) && known == node) return false;
        _nodes[name] = node;
        if (_setup.WatchPorts is { } subscribe && !_watches.ContainsKey(name) && _watches.Count < MaxWatchedNodes) _watches[name] = subscribe(name, Self);
        return true;
    }

    private bool ObserveService(string key, EdgeService? service)
    {
        if (service is null) return _services.Remove(key);
        _services[key] = service;
        return true;
    }

    private void Changed()
    {
        if (_waiting) return;
        _waiting = true;
        Timers.StartSingleTimer("publish", Publish.Instance, Gathering);
    }

    private void PublishSnapshot()
    {
        _waiting = false;
        _health.Follow(HealthTargets.Of(_nodes.Values, _services.Values));
        _cluster = new EdgeSnapshot(
            _cluster.Revision + 1, _nodes.Values, _services.Values, new Dictionary<string, PortStatesFrame>(_states, StringComparer.Ordinal), _health.Read());
        foreach (var service in _cluster.Services.Where(service => service.Ingress.Count > 0))
        {
            if (_balancers.TryGetValue(service.Key, out var balancer)) balancer.Tell(new LoadBalancer.Command.Observe(service, _cluster));
            else _balancers[service.Key] = Context.ActorOf(LoadBalancer.PropsFor(service, _cluster, _setup.LoadBalancer), $"lb-{++_balancersMade}");
        }
        var gone = _balancers.Keys.Where(key => !_services.TryGetValue(key, out var service) || service.Ingress.Count == 0).ToList();
        foreach (var key in gone)
            if (_balancers.Remove(key, out var balancer)) Context.Stop(balancer);
        _setup.HostListeners?.Tell(_cluster);
    }

    private IActorRef StartCheck(HealthTarget target) =>
        Context.ActorOf(HealthCheck.PropsFor(target, _setup.LoadBalancer.HealthCheck, _setup.HealthAsker, Self), $"check-{++_checksMade}");

    private sealed record Publish
    {
        public static readonly Publish Instance = new();
    }
}

/// <summary>What an <see cref="EdgeRouter"/> works with.</summary>
public sealed record EdgeRouterSetup
{
    /// <summary>The process's InformerHub.</summary>
    public required IActorRef Informers { get; init; }
    public required AddressPlan Plan { get; init; }
    public required LoadBalancerOptions LoadBalancer { get; init; }

    /// <summary>Asks nodes after their health.</summary>
    public required IHealthAsker HealthAsker { get; init; }

    /// <summary>Declared hosts by address.</summary>
    public required IReadOnlyDictionary<Ip, OutsideHost> Hosts { get; init; }

    /// <summary>What takes connections to a declared host's open port.</summary>
    public required Func<OutsideHost, Ip, OutsideAnswer, IInboundListener> ListenerFor { get; init; }

    /// <summary>Subscribes an actor to a node's port states, as <see cref="FabricProcess.WatchPorts"/> does; null where nobody listens on the host.</summary>
    public Func<string, IActorRef, IDisposable>? WatchPorts { get; init; }

    /// <summary>Is told each new snapshot; null: nobody.</summary>
    public IActorRef? HostListeners { get; init; }
}
