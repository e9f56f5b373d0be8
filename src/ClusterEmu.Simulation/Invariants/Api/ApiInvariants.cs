namespace ClusterEmu.Simulation;

/// <summary>What must hold of store and API in every run.</summary>
public static class ApiInvariants
{
    /// <summary>One new instance of each.</summary>
    public static IReadOnlyList<IInvariant> All() => [new ApiAnswers(), new WatchStreams(), new ClientHistory(), new UniqueAddresses(), new Orphans(), new Bounds(), new WriteStorms()];
}
