using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>
/// New connections go where they may: not to an endpoint whose removal the node's kube-proxy received longer ago than its sync bound (or, where
/// no fault is between the API and its table, that was written longer ago than that), not past a Local policy, not to another Service's endpoint, and not nowhere
/// while there is an endpoint.
/// </summary>
/// <remarks>
/// A choice is right if it is right by one of the tables that may be in force. What is exempt, and why:
/// established connections never come here, for only new ones are decided; a live UDP exchange stays with its endpoint (<see cref="IsExempt"/>);
/// publishNotReadyAddresses makes an endpoint ready in its EndpointSlice; endpoints that serve while they terminate stand in where none is ready
/// (both in <see cref="EndpointRules"/>); and who dials an address that DNS gave within its time to live does not ask a Service.
/// </remarks>
public sealed class NewConnections : IInvariant
{
    private SimulatedWorld _world = null!;

    public string Name => "new-connections";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _ = (world.Received, world.Written);
        world.Decisions.Listen(Decided);
    }

    public void Check(bool healed)
    {
        // Every decision was judged as it became known.
    }

    /// <summary>A datagram of an exchange that conntrack holds goes on to its endpoint, whatever the table says now.</summary>
    public static bool IsExempt(in NodeDecision decision) => decision.Method == ChoiceMethod.Tracked && decision.Flow.Protocol == IpProtocol.Udp;

    /// <summary>The name of the rule that a decision breaks; null if it is right by one of the tables.</summary>
    public static string? Broken(in NodeDecision decision, in TableSpan tables)
    {
        var best = EndpointStanding.AnotherService;
        foreach (var table in tables)
        {
            var standing = StandingOf(decision, table);
            if (standing == EndpointStanding.Allowed) return null;
            if (standing < best) best = standing;
        }
        return RuleAgainst(decision, best);
    }

    /// <summary>As above, of one table.</summary>
    public static string? Broken(in NodeDecision decision, TableRoot table)
    {
        var standing = StandingOf(decision, table);
        return standing == EndpointStanding.Allowed ? null : RuleAgainst(decision, standing);
    }

    private static EndpointStanding StandingOf(in NodeDecision decision, TableRoot table)
    {
        if (decision.Endpoint is { } chosen) return EndpointRules.Judge(table, decision.Facts, decision.Flow, chosen);
        return EndpointRules.MayRefuse(table, decision.Facts, decision.Flow) ? EndpointStanding.Allowed : EndpointStanding.NotUsable;
    }

    private static string RuleAgainst(in NodeDecision decision, EndpointStanding best) => best switch
    {
        _ when decision.Endpoint is null => "refused-with-endpoints",
        EndpointStanding.NotLocal => "traffic-policy",
        EndpointStanding.OtherZone => "zone-hints",
        EndpointStanding.AnotherService => "own-endpoints",
        _ => "removed-endpoints",
    };

    private void Decided(in NodeDecision decision)
    {
        if (IsExempt(decision)) return;
        if (Broken(decision, decision.Table) is { } own)
        {
            Report(own, decision, "by the very table that was in force");
            return;
        }
        if (_world.Received.Within(decision.Site, decision.Node, decision.AtMicroseconds) is { } received && Broken(decision, received) is { } late)
        {
            Report(late, decision, "by all tables that its process received within the node's sync bound");
            return;
        }
        var behind = _world.Received.Behind(decision.Site, decision.Node, decision.AtMicroseconds);
        if (_world.Written.Within(decision.Site, decision.AtMicroseconds, behind) is { } written && Broken(decision, written) is { } stale)
            Report(stale, decision, "by all that the API said within the bound, while no fault was between it and the node");
    }

    private void Report(string rule, in NodeDecision decision, string by) =>
        _world.Report(new Violation(rule, decision.AtMicroseconds, $"{decision}, which is wrong {by}."));
}
