using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>What a node did with a new connection or datagram to a Service.</summary>
/// <param name="Site">The node's process.</param>
/// <param name="Node">The node.</param>
/// <param name="Facts">The node as its data path knew it.</param>
/// <param name="AtMicroseconds">When it decided.</param>
/// <param name="Flow">The connection as it came to the node.</param>
/// <param name="Table">The table in force.</param>
/// <param name="Endpoint">The endpoint that it chose; null if it turned the connection away.</param>
/// <param name="Method">How it chose.</param>
/// <param name="Cause">Why it turned the connection away.</param>
/// <remarks>One for each request and question of a run, so it is no object.</remarks>
public readonly record struct NodeDecision(
    NodesSite Site, string Node, NodeFacts Facts, long AtMicroseconds, Flow Flow, TableRoot Table, IpPort? Endpoint, ChoiceMethod Method, DecisionCause Cause)
{
    public override string ToString() => Endpoint is { } endpoint
        ? $"{Node} sent a new connection from {Flow.Source} to {Flow.Destination} on to {endpoint} at {AtMicroseconds / 1_000_000m:0.000000} s (table {Table.Revision}, by {Method})"
        : $"{Node} turned away a connection from {Flow.Source} to {Flow.Destination} at {AtMicroseconds / 1_000_000m:0.000000} s (table {Table.Revision}, {Cause})";
}

/// <summary>Hears of a decision.</summary>
public delegate void NodeDecided(in NodeDecision decision);
