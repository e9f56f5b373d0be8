using System.Collections.Concurrent;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Leads the first packet of a flow from data path to data path inside this process, up to where it leaves it or arrives.</summary>
internal sealed class FlowRouter(Func<FabricDirectory> directory)
{
    /// <summary>Stands for the outside (the edge process) where a node's name is asked for.</summary>
    public const string Outside = "";

    private readonly ConcurrentDictionary<string, IActorRef> _dataPaths = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, NodeLife> _lives = new(StringComparer.Ordinal);

    /// <summary>Who has which address, now.</summary>
    public FabricDirectory Directory => directory();

    public void Register(string target, IActorRef dataPath)
    {
        if (target != Outside) _lives.GetOrAdd(target, _ => new NodeLife());
        _dataPaths[target] = dataPath;
    }

    public void Unregister(string target) => _dataPaths.TryRemove(target, out _);

    /// <summary>The machine lost its power: what runs through it hangs.</summary>
    public void Cut(string node) => _lives.GetValueOrDefault(node)?.Become(LineState.Silent);

    /// <summary>The machine has power again: it resets what it carried before.</summary>
    public void Restore(string node)
    {
        if (_lives.GetValueOrDefault(node) is not { State: LineState.Silent } old) return;
        _lives[node] = new NodeLife();
        old.Become(LineState.Over);
    }

    /// <summary>The process ends.</summary>
    public void Close()
    {
        foreach (var life in _lives.Values) life.Close();
    }

    public IActorRef? Find(string target) => _dataPaths.GetValueOrDefault(target);

    /// <param name="target">The node to begin at; empty for outside. It must run in this process.</param>
    /// <param name="origin">How the packet meets it.</param>
    /// <param name="flow">Its addresses there.</param>
    /// <param name="ttl">How many machines it may still pass.</param>
    /// <param name="hops">Takes the hops.</param>
    /// <param name="passed">Takes the data paths that know the flow afterwards.</param>
    /// <param name="cancellationToken">Ends the wait for a data path that does not answer.</param>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public async Task<RouteEnd> RouteAsync(
        string target, FlowOrigin origin, Flow flow, int ttl, HopLog hops, PassedNodes passed, CancellationToken cancellationToken)
    {
        for (; ttl > 0; ttl--)
        {
            var life = _lives.GetValueOrDefault(target);
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
                    passed.Add(dataPath, flow, life);
                    return new RouteEnd.Delivered(listener, verdict.Translated);
                case FlowAction.Reject:
                    return new RouteEnd.Failed(DialOutcome.Refused, verdict.Reason);
                case FlowAction.Unreachable:
                    return new RouteEnd.Failed(DialOutcome.Unreachable, verdict.Reason);
                case FlowAction.Forward:
                    passed.Add(dataPath, flow, life);
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
                return new RouteEnd.Elsewhere(peer, target, origin == FlowOrigin.Outside ? WireOrigin.Outside : WireOrigin.Wire, flow, ttl - 1);
            hops.Add(target.Length == 0 ? "edge" : $"node/{target}", "drop", route.Reason);
            return new RouteEnd.Failed(DialOutcome.TimedOut, route.Reason);
        }
        var loop = NextHop.LoopText(flow, target);
        hops.Add(target == Outside ? "edge" : $"node/{target}", "time-exceeded", loop);
        return new RouteEnd.Failed(DialOutcome.Unreachable, loop);
    }
}
