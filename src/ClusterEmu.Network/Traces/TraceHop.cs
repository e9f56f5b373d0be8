namespace ClusterEmu.Network;

/// <summary>One step of a traced request. A trace is a list of these, in order.</summary>
/// <param name="At">Where: <c>pod/default/client</c>, <c>node/node-1</c>, <c>edge</c>, <c>lb/default/web-lb</c>, <c>outside/192.0.2.1</c>.</param>
/// <param name="What">What happened, one word: resolve, connect, dnat, snat, reject, drop, forward, deliver, answer, …</param>
/// <param name="Detail">A sentence with the addresses, the rule and the reason.</param>
/// <param name="TableRevision">The routing table's revision where a table decided; else null.</param>
/// <param name="AtMicroseconds">Time since the request began, in microseconds.</param>
public sealed record TraceHop(string At, string What, string Detail, long? TableRevision, long AtMicroseconds);
