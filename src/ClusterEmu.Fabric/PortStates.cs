namespace ClusterEmu.Fabric;

/// <summary>
/// Told to a node's data path actor: <paramref name="Subscriber"/> is told one <see cref="Network.PortStatesFrame"/> at once
/// and one after each change, until it stops. The edge process mirrors them in its listeners on the host, which must know
/// before the kernel accepts a connection whether the node would refuse or drop it.
/// </summary>
public sealed record WatchPortStates(IActorRef Subscriber);

/// <summary>Told to a subscriber of <see cref="FabricProcess.WatchPorts"/>: the node cannot be asked any more. Packets to it are lost.</summary>
public sealed record PortStatesLost(string Node, string Reason);
