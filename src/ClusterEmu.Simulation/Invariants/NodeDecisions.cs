using ClusterEmu.Fabric;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>Sees every request of the fast path before and after each node, and tells what the node decided.</summary>
public sealed class NodeDecisions
{
    private readonly SimulatedWorld _world;
    private readonly Dictionary<string, NodesSite> _sites = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, NodesSite?> _dataPaths = new(ReferenceEqualityComparer.Instance); // Null: another actor.
    private readonly Dictionary<string, long> _rebooted = new(StringComparer.Ordinal);
    private readonly List<NodeDecided> _listeners = [];
    private readonly Departures _departures;

    internal NodeDecisions(SimulatedWorld world)
    {
        _world = world;
        _departures = new Departures(this);
        foreach (var site in world.Nodes)
            foreach (var node in site.Nodes) _sites[node] = site;
        world.Events.Observe<FastRequest>((_, actor, request) => Seen(actor, request));
        world.Events.Observe<DataPath.Command.SwitchPower>((_, actor, _) => _rebooted[actor.Path.Parent.Name] = world.Now);
    }

    /// <summary>When the node's power was last switched, in microseconds; 0: never.</summary>
    public long Rebooted(string node) => _rebooted.GetValueOrDefault(node);

    /// <summary>Decisions come in the order in which they are made, each right after its instant's messages.</summary>
    public void Listen(NodeDecided listener) => _listeners.Add(listener);

    private void Seen(IActorRef actor, FastRequest request)
    {
        if (request.Outcome != FastOutcome.Pending) return;
        if (!_dataPaths.TryGetValue(actor, out var site))
            _dataPaths[actor] = site = actor.Path.Name == "data-path" ? _sites.GetValueOrDefault(actor.Path.Parent.Name) : null;
        if (site?.TableOf(actor.Path.Parent.Name) is not { } table) return;
        _departures.Await(new Visit(request, site, table.Facts, _world.Now, request.Flow, table.Published.Root));
    }

    private void Left(in Visit visit)
    {
        var request = visit.Request;
        if (visit.Table.Revision == 0) return; // A node that has just booted has no table yet.
        if (request.Choice is { } choice && choice.Node == visit.Facts.Name && choice.AtMicroseconds == visit.At)
            Tell(visit, choice.Endpoint.Address, choice.Method, DecisionCause.Routed);
        else if (request.Outcome is FastOutcome.Refused or FastOutcome.Dropped
            && request.Cause is DecisionCause.NoEndpoints or DecisionCause.NoLocalEndpoints or DecisionCause.NoRule or DecisionCause.NoVirtualServer)
            Tell(visit, null, ChoiceMethod.None, request.Cause);
    }

    private void Tell(in Visit visit, IpPort? endpoint, ChoiceMethod method, DecisionCause cause)
    {
        var decision = new NodeDecision(visit.Site, visit.Facts.Name, visit.Facts, visit.At, visit.Flow, visit.Table, endpoint, method, cause);
        foreach (var listener in _listeners) listener(decision);
    }

    private readonly record struct Visit(FastRequest Request, NodesSite Site, NodeFacts Facts, long At, Flow Flow, TableRoot Table);

    /// <summary>Looks at requests again in the same instant, when their nodes have decided: to anywhere else it takes time.</summary>
    private sealed class Departures(NodeDecisions decisions) : SimulatedWork
    {
        private readonly Queue<Visit> _visits = new();

        public void Await(in Visit visit)
        {
            _visits.Enqueue(visit);
            decisions._world.Executor.At(visit.At, this, 0);
        }

        // What is due at one time comes in the order in which it was given, so it is the oldest visit's turn.
        protected override void Run(long tag) => decisions.Left(_visits.Dequeue());
    }
}
