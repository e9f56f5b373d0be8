using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>
/// Told to a node's data path actor: <paramref name="Subscriber"/> is told one <see cref="PortStates"/> at once and one
/// after each change, until it stops. The edge process mirrors them in its listeners on the host, which must know
/// before the kernel accepts a connection whether the node would refuse or drop it.
/// </summary>
public sealed record WatchPortStates(IActorRef Subscriber);

/// <summary>What a node does with new connections from outside to its own address, port by port. Whole, never a difference.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="TableRevision">The table that this was read from.</param>
/// <param name="Alive">False if the node is off or cut off: every packet to it is dropped, and <paramref name="Ports"/> is empty.</param>
/// <param name="Ports">The NodePorts and host ports, sorted by protocol and port. A port that is not listed is closed (refused).</param>
public sealed record PortStates(string Node, long TableRevision, bool Alive, IReadOnlyList<PortState> Ports);

/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Action">Forward or Deliver: open. Reject: refused. Drop: times out.</param>
public readonly record struct PortState(IpProtocol Protocol, int Port, FlowAction Action);
