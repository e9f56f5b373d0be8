using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A process's watches deliver nothing; when it ends, all comes that was sent meanwhile. Parameter <c>process</c>.</summary>
public sealed class WatchStallFault : IFaultKind
{
    public string Name => "watch-stall";

    public IReadOnlyList<string> Keys => ["process"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(random, ("process", setting.Pick(random, FaultSites.ApiClientsOf(setting.World))));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) => world.ApiFaults.Add(new ApiFault { Name = fault.Name, Clients = fault.Texts("process"), StallWatches = true });
}
