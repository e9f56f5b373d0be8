using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What every controller acts with.</summary>
/// <param name="Client">The cluster's API.</param>
/// <param name="InformerHub">Tells of objects and their changes.</param>
/// <param name="Events">An <see cref="EventRecorder"/>.</param>
/// <param name="Options">How they behave.</param>
public sealed record ControllerServices(IKubeClient Client, IActorRef InformerHub, IActorRef Events, ControllerOptions Options);
