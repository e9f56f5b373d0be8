namespace ClusterEmu.Simulation;

/// <summary>The invariants that every run is held against.</summary>
public static class StandardInvariants
{
    /// <summary>New instances, for one world. Attach them before it starts.</summary>
    public static IReadOnlyList<IInvariant> Create() =>
    [
        new NewConnections(),
        new SessionAffinity(),
        new TablesConverge(),
        new LoadBalancersConverge(),
        new EndpointsFollowPods(),
        new Rollouts(),
        new NodeLiveness(),
        new PodAddresses(),
        .. ApiInvariants.All(),
    ];
}
