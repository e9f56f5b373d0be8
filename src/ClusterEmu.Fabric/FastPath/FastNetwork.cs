using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>The network of one process as <see cref="FastRequest"/>s travel it. Thread-safe.</summary>
/// <remarks>
/// It ends where the process ends: requests to nodes of other processes, to the control plane and, unless the edge is here too, to load
/// balancers and to hosts outside come back as <see cref="FastOutcome.Unsupported"/>. Connections (<see cref="IFabric.DialAsync"/>) lead there.
/// </remarks>
public sealed class FastNetwork : IFastNetwork
{
    private readonly FlowRouter _router;

    internal FastNetwork(FlowRouter router) => _router = router;

    /// <inheritdoc/>
    /// <remarks>A ClusterIP request takes three Tells: to the sender's node, to the server's, and back.</remarks>
    public void Send(FastRequest request, IActorRef client)
    {
        request.Begin(this);
        if ((request.From.Length > 0 || request.SentBy == FlowOrigin.Outside) && _router.Find(request.From) is { } dataPath)
        {
            dataPath.Tell(request, client);
            return;
        }
        if (request.From.Length == 0)
            request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, "The fast path begins at a node, or outside where the edge runs in this process. Set From, or dial a connection.");
        else
            request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? $"Node {request.From} does not run in this process (any more), so the packet is lost." : "");
        client.Tell(request, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public void SendOn(FastRequest request, string at, in Flow translated, IActorRef client, long now)
    {
        var directory = _router.Directory;
        var next = NextHop.Of(directory, at, translated);
        if (request.Passes >= NextHop.Limit)
        {
            if (request.Trace) request.AddHops([new TraceHop(PlaceOf(at), "time-exceeded", NextHop.LoopText(translated, at), null, 0)], now);
            request.Fail(FastOutcome.Unreachable, DecisionCause.Routed, request.Trace ? NextHop.LoopText(translated, at) : "");
        }
        else if (next.Kind is NextHopKind.Node or NextHopKind.Outside && _router.Find(next.Target) is { } dataPath)
        {
            if (request.Trace && next.Kind == NextHopKind.Node && next.Flow.Destination != translated.Destination)
                request.AddHops([new TraceHop("edge", "dnat", directory.RouteTo(translated.Destination.Ip).Reason, null, 0)], now);
            request.MoveTo(next.Origin, next.Flow);
            dataPath.Tell(request, client);
            return;
        }
        else
        {
            End(request, directory, next, at, translated, now);
        }
        client.Tell(request, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public void Return(FastRequest request, string at, IActorRef client, IActorRef from) => client.Tell(request, from);

    private static string PlaceOf(string at) => at.Length == 0 ? "edge" : $"node/{at}";

    private static void End(FastRequest request, FabricDirectory directory, in NextHop next, string at, in Flow translated, long now)
    {
        const string Instead = "The fast path stays inside one process's nodes; dial a connection instead.";
        var route = directory.RouteTo(translated.Destination.Ip);
        if (next.Kind == NextHopKind.Lost || (next.Kind == NextHopKind.Node && route.Peer is not { Port: > 0 }))
        {
            if (request.Trace) request.AddHops([new TraceHop(PlaceOf(next.Target.Length > 0 ? next.Target : at), "drop", route.Reason, null, 0)], now);
            request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? route.Reason : "");
            return;
        }
        request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, next.Kind == NextHopKind.Node
            ? $"Node {next.Target} runs in process {route.Peer!.Name}. {Instead}"
            : $"{route.Reason} {Instead}");
    }
}
