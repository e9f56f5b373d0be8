using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What writes need beside the objects. Used within the store's writer only.</summary>
public sealed class WriteTools(Determinism determinism, AllocationRanges ranges)
{
    public Determinism Determinism => determinism;

    /// <summary>For generated names.</summary>
    public RandomStream Random { get; } = determinism.Stream("api-server/names");
    public ServiceAllocator Services { get; } = new(ranges, determinism.Stream("api-server/allocation"));
}
