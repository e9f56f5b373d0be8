using System.Collections.Concurrent;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Leads the first packet of a flow from data path to data path inside this process, up to where it leaves it or arrives.</summary>
internal sealed class FlowRouter(Func<FabricDirectory> directory)
{
    /// <summary>A packet passes at most so many data paths of one process, then it is dropped, as one with TTL 0.</summary>
    public const int MaxPasses = 16;

    /// <summary>Stands for the outside (the edge process) where a node's name is asked for.</summary>
    public const string Outside = "";

    private readonly ConcurrentDictionary<string, IActorRef> _dataPaths = new(StringComparer.Ordinal);

    /// <summary>Who has which address, now.</summary>
    public FabricDirectory Directory => directory();

    public void Register(string target, IActorRef dataPath) => _dataPaths[target] = dataPath;

    public void Unregister(string target) => _dataPaths.TryRemove(target, out _);

    public IActorRef? Find(string target) => _dataPaths.GetValueOrDefault(target);

    /// <param name="target">The node to begin at; empty for outside. It must run in this process.</param>
    /// <param name="origin">How the packet meets it.</param>
    /// <param name="flow">Its addresses there.</param>
    /// <param name="hops">Takes the hops.</param>
    /// <param name="passed">Takes the data paths that know the flow afterwards.</param>
    /// <param name="cancellationToken">Ends the wait for a data path that does not answer.</param>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public async Task<RouteEnd> RouteAsync(
        string target, FlowOrigin origin, Flow flow, HopLog hops, PassedNodes passed, CancellationToken cancellationToken)
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (Find(target) is not { } dataPath)
            {
                return new RouteEnd.Failed(DialOutcome.TimedOut, target == Outside
                    ? "No edge process is attached here, so there is no outside. Is the role 'edge' running?"
                    : $"Node {target} does not run in this process (any more), so the packet is lost.");
            }
            var verdict = await dataPath.Ask<FlowVerdict>(new OpenFlow(origin, flow, hops.Enabled), cancellationToken).ConfigureAwait(false);
            hops.AddNow(verdict.Hops);
            switch (verdict.Action)
            {
                case FlowAction.Deliver when verdict.Listener is { } listener:
                    passed.Add(dataPath, flow);
                    return new RouteEnd.Delivered(listener, verdict.Translated);
                case FlowAction.Reject:
                    return new RouteEnd.Failed(DialOutcome.Refused, verdict.Reason);
                case FlowAction.Unreachable:
                    return new RouteEnd.Failed(DialOutcome.Unreachable, verdict.Reason);
                case FlowAction.Forward:
                    passed.Add(dataPath, flow);
                    break;
                default:
                    return new RouteEnd.Failed(DialOutcome.TimedOut, verdict.Reason);
            }

            var known = directory();
            var route = known.RouteTo(verdict.Translated.Destination.Ip);
            var next = NextHop.Of(known, target, verdict.Translated);
            flow = next.Flow;
            switch (next.Kind)
            {
                case NextHopKind.ControlPlane:
                    return new RouteEnd.ControlPlane(flow);
                case NextHopKind.Lost:
                    var why = route.Kind == FabricRouteKind.ToEdge ? $"Nobody outside has the address {flow.Destination.Ip}." : route.Reason;
                    hops.Add(target == Outside ? "edge" : $"node/{target}", "drop", why);
                    return new RouteEnd.Failed(DialOutcome.TimedOut, why);
            }
            if (route.Kind == FabricRouteKind.ToNodeThroughEdge) hops.Add("edge", "dnat", route.Reason);
            (origin, target) = (next.Origin, next.Target);
            if (Find(target) is not null) continue;
            if (route.Peer is { Port: > 0 } peer)
                return new RouteEnd.Elsewhere(peer, target, origin == FlowOrigin.Outside ? WireOrigin.Outside : WireOrigin.Wire, flow);
            hops.Add(target.Length == 0 ? "edge" : $"node/{target}", "drop", route.Reason);
            return new RouteEnd.Failed(DialOutcome.TimedOut, route.Reason);
        }
        return new RouteEnd.Failed(DialOutcome.TimedOut,
            $"The packet to {flow.Destination} passed {MaxPasses} nodes without arriving: a routing loop. Look at 'clusteremu node tables {target}'.");
    }
}
