using ClusterEmu.Fabric;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>
/// The data bus of the simulated cluster: requests go from data path to data path, to the edge and outside, over <see cref="Links"/>, and
/// their answers the same way back. Where a packet is sent is decided as in the live cluster (<see cref="NextHop"/>, the process's directory).
/// </summary>
public sealed class SimulatedNetwork : IFastNetwork
{
    private readonly SimulatedWorld _world;
    private readonly Dictionary<string, NetworkPort> _nodes = new(StringComparer.Ordinal);

    internal SimulatedNetwork(SimulatedWorld world)
    {
        _world = world;
        Edge = new NetworkPort("edge", "edge");
        FromEdge = new EdgeSide(this);
    }

    /// <summary>Where the edge is plugged in.</summary>
    internal NetworkPort Edge { get; }

    /// <summary>The network as the edge's own health checks use it: requests begin there.</summary>
    internal IFastNetwork FromEdge { get; }

    internal SimulatedWorld World => _world;

    /// <summary>The data path of a node; null while the node is not plugged in.</summary>
    public IActorRef? DataPathOf(string node) => _nodes.GetValueOrDefault(node)?.DataPath;

    /// <summary>The process that runs a node's data path; null while the node is not plugged in.</summary>
    public NodesSite? SiteOf(string node) => _nodes.GetValueOrDefault(node)?.Site as NodesSite;

    /// <inheritdoc/>
    /// <remarks>
    /// Lost packets of TCP are sent again as Linux does. A request that is lost all the same, or whose answer is, comes back as <see cref="FastOutcome.Dropped"/> when its client's patience
    /// (<see cref="FastRequest.TimeoutMicroseconds"/>) ends. Only one that waits in the mailbox of a process when that is killed never does.
    /// </remarks>
    public void Send(FastRequest request, IActorRef client) => Begin(request, client, null, SenderOf(request));

    /// <summary>As <see cref="Send(FastRequest, IActorRef)"/>, for a sender that is no actor.</summary>
    public void Send(FastRequest request, IRequestOwner owner) => Begin(request, null, owner, SenderOf(request));

    /// <inheritdoc/>
    public void SendOn(FastRequest request, string at, in Flow translated, IActorRef client, long now)
    {
        var carriage = (Carriage)request.Carriage!;
        var here = at.Length == 0 ? Edge : PortOf(at);
        if (here.Site is not { } site)
        {
            carriage.Lose();
            return;
        }
        var next = NextHop.Of(site.Directory, at, translated);
        if (request.Passes >= NextHop.Limit)
        {
            if (request.Trace) request.AddHops([new TraceHop(here.Place, "time-exceeded", NextHop.LoopText(translated, at), null, 0)], now);
            request.Fail(FastOutcome.Unreachable, DecisionCause.Routed, request.Trace ? NextHop.LoopText(translated, at) : "");
            Return(request, at, client, client);
            return;
        }
        switch (next.Kind)
        {
            case NextHopKind.Node:
                // To an ExternalIP of another node, the way leads through the cloud's edge.
                var throughEdge = at.Length > 0 && next.Flow.Destination != translated.Destination;
                if (request.Trace && throughEdge) request.AddHops([new TraceHop("edge", "dnat", site.Directory.RouteTo(translated.Destination.Ip).Reason, null, 0)], now);
                request.MoveTo(next.Origin, next.Flow);
                carriage.Go(here.Name, PortOf(next.Target), throughEdge);
                break;
            case NextHopKind.Outside:
                request.MoveTo(next.Origin, next.Flow);
                carriage.Go(here.Name, Edge, throughEdge: false);
                break;
            case NextHopKind.ControlPlane:
                request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, "The API server speaks HTTPS; simulated clients ask it through the control bus.");
                Return(request, at, client, client);
                break;
            default:
                var reason = request.Trace ? site.Directory.RouteTo(translated.Destination.Ip).Reason : "";
                if (request.Trace) request.AddHops([new TraceHop(here.Place, "drop", reason, null, 0)], now);
                request.Fail(FastOutcome.Dropped, DecisionCause.Routed, reason);
                carriage.Lose();
                break;
        }
    }

    /// <inheritdoc/>
    public void Return(FastRequest request, string at, IActorRef client, IActorRef from) => ((Carriage)request.Carriage!).GoBack();

    internal INodeSwitch SwitchOf(NodesSite site) => new Switch(this, site);

    internal void Forget(NodesSite site)
    {
        foreach (var node in site.Nodes) PortOf(node).Unplug();
    }

    internal NetworkPort PortOf(string node)
    {
        if (!_nodes.TryGetValue(node, out var port)) _nodes[node] = port = new NetworkPort(node, $"node/{node}");
        return port;
    }

    /// <summary>The sender's machine; null if it is outside.</summary>
    private NetworkPort? SenderOf(FastRequest request) => request.SentBy == FlowOrigin.Outside ? null : PortOf(request.From);

    private void Begin(FastRequest request, IActorRef? client, IRequestOwner? owner, NetworkPort? sender)
    {
        var carriage = request.Carriage as Carriage;
        if (carriage is null || carriage.Network != this) request.Carriage = carriage = new Carriage(this, request);
        request.Begin(this);
        carriage.Begin(sender, sender ?? (request.From.Length == 0 ? Edge : PortOf(request.From)), client, owner);
    }

    private sealed class EdgeSide(SimulatedNetwork network) : IFastNetwork
    {
        public void Send(FastRequest request, IActorRef client) => network.Begin(request, client, null, network.Edge);

        public void SendOn(FastRequest request, string at, in Flow translated, IActorRef client, long now) =>
            network.SendOn(request, at, translated, client, now);

        public void Return(FastRequest request, string at, IActorRef client, IActorRef from) => network.Return(request, at, client, from);
    }

    private sealed class Switch(SimulatedNetwork network, NodesSite site) : INodeSwitch
    {
        public void Connect(string node, IActorRef dataPath) => network.PortOf(node).Plug(site, dataPath);

        public void Disconnect(string node) => network.PortOf(node).Unplug();

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

/// <summary>Who sends a request and gets it back in a call of the network's own step, where an actor would be told.</summary>
public interface IRequestOwner
{
    /// <summary>The request is back, and the owner's again.</summary>
    void Ended(FastRequest request);
}
