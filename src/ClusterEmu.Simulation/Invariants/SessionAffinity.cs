using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>A client of a Service with session affinity stays with its endpoint at each node, within the time-out and while the endpoint takes traffic.</summary>
public sealed class SessionAffinity : IInvariant
{
    private readonly Dictionary<Key, Stay> _stays = [];
    private readonly List<NodeDecision> _decisions = [];
    private SimulatedWorld _world = null!;

    public string Name => "session-affinity";

    /// <summary>No request is on its way longer than this; what was decided earlier is all known.</summary>
    private const long OnItsWay = 10_000_000;

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _ = world.Received;
        world.Decisions.Listen((in NodeDecision decision) =>
        {
            if (decision.Endpoint is not null && AffinityOf(decision) > 0) _decisions.Add(decision);
        });
    }

    public void Check(bool healed)
    {
        if (_decisions.Count == 0) return;
        var until = healed ? long.MaxValue : _world.Now - OnItsWay;
        var due = _decisions.Where(decision => decision.AtMicroseconds <= until).OrderBy(decision => decision.AtMicroseconds).ToList();
        _decisions.RemoveAll(decision => decision.AtMicroseconds <= until);
        foreach (var decision in due) Judge(decision);
    }

    private void Judge(in NodeDecision decision)
    {
        var entry = EndpointRules.Find(decision.Table, decision.Facts, decision.Flow)!;
        // ipvs counts each virtual server apart.
        var server = decision.Facts.Mode == ProxyMode.Ipvs ? decision.Flow.Destination : default;
        var key = new Key(decision.Node, entry.Port.StateKey, server, decision.Flow.Source.Ip);
        var chosen = decision.Endpoint!.Value;
        if (_stays.TryGetValue(key, out var stay) && stay.Endpoint != chosen && Holds(decision, stay, entry.Port.AffinitySeconds))
        {
            _world.Report(new Violation(Name, decision.AtMicroseconds,
                $"{decision}, but this client was sent to {stay.Endpoint} {(decision.AtMicroseconds - stay.At) / 1000} ms before, which took traffic all the time; affinity is {entry.Port.AffinitySeconds} s."));
        }
        _stays[key] = new Stay(chosen, decision.AtMicroseconds);
    }

    private bool Holds(in NodeDecision decision, Stay stay, int seconds)
    {
        if (decision.AtMicroseconds <= stay.At || decision.AtMicroseconds - stay.At >= seconds * 1_000_000L) return false;
        // What the node remembered is gone with its process, or with its power.
        if (_world.Received.LifeBegan(decision.Site) is not { } began || stay.At < began || _world.Decisions.Rebooted(decision.Node) >= stay.At) return false;
        if (_world.Received.Since(decision.Site, decision.Node, stay.At, decision.AtMicroseconds) is not { } tables) return false;
        foreach (var table in tables)
            if (EndpointRules.Judge(table, decision.Facts, decision.Flow, stay.Endpoint) != EndpointStanding.Allowed) return false;
        return true;
    }

    private static int AffinityOf(in NodeDecision decision) => EndpointRules.Find(decision.Table, decision.Facts, decision.Flow)?.Port.AffinitySeconds ?? 0;

    private readonly record struct Key(string Node, string Service, IpPort Server, Ip Client);

    private readonly record struct Stay(IpPort Endpoint, long At);
}
