using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>The network of one process as <see cref="FastRequest"/>s travel it. Thread-safe.</summary>
/// <remarks>
/// It ends where the process ends: requests to nodes of other processes, to the control plane, to load balancers and to hosts outside come back
/// as <see cref="FastOutcome.Unsupported"/>. Connections (<see cref="IFabric.DialAsync"/>) lead there.
/// </remarks>
public sealed class FastNetwork
{
    private readonly FlowRouter _router;

    internal FastNetwork(FlowRouter router) => _router = router;

    /// <summary>Sends a request. <paramref name="client"/> is told the very same object when it has its answer, whatever that is.</summary>
    /// <remarks>A ClusterIP request takes three Tells: to the sender's node, to the server's, and back.</remarks>
    public void Send(FastRequest request, IActorRef client)
    {
        request.Begin(this);
        if (request.From.Length > 0 && _router.Find(request.From) is { } dataPath)
        {
            dataPath.Tell(request, client);
            return;
        }
        if (request.From.Length == 0)
            request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, "The fast path begins at a node. Set From, or dial a connection, which can come from outside.");
        else
            request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? $"Node {request.From} does not run in this process (any more), so the packet is lost." : "");
        client.Tell(request, ActorRefs.NoSender);
    }

    /// <summary>For data paths: sends a request on that left the node <paramref name="at"/> with these addresses.</summary>
    /// <param name="request">The request.</param>
    /// <param name="at">The node's name.</param>
    /// <param name="translated">The addresses that it leaves with.</param>
    /// <param name="client">Told when it ends.</param>
    /// <param name="now">Microseconds, for hops.</param>
    public void SendOn(FastRequest request, string at, in Flow translated, IActorRef client, long now)
    {
        var directory = _router.Directory;
        var next = NextHop.Of(directory, at, translated);
        if (request.Passes >= FlowRouter.HopLimit)
        {
            if (request.Trace) request.AddHops([new TraceHop($"node/{at}", "time-exceeded", FlowRouter.LoopText(translated, at), null, 0)], now);
            request.Fail(FastOutcome.Unreachable, DecisionCause.Routed, request.Trace ? FlowRouter.LoopText(translated, at) : "");
        }
        else if (next.Kind == NextHopKind.Node && _router.Find(next.Target) is { } dataPath)
        {
            if (request.Trace && next.Flow.Destination != translated.Destination)
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

    private static void End(FastRequest request, FabricDirectory directory, in NextHop next, string at, in Flow translated, long now)
    {
        const string Instead = "The fast path stays inside one process's nodes; dial a connection instead.";
        var route = directory.RouteTo(translated.Destination.Ip);
        if (next.Kind == NextHopKind.Lost || (next.Kind == NextHopKind.Node && route.Peer is not { Port: > 0 }))
        {
            if (request.Trace) request.AddHops([new TraceHop($"node/{(next.Target.Length > 0 ? next.Target : at)}", "drop", route.Reason, null, 0)], now);
            request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? route.Reason : "");
            return;
        }
        request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, next.Kind == NextHopKind.Node
            ? $"Node {next.Target} runs in process {route.Peer!.Name}. {Instead}"
            : $"{route.Reason} {Instead}");
    }
}
