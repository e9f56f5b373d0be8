using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A process's Leases, its nodes' among them, cannot be renewed although all else works. Parameter <c>process</c>.</summary>
public sealed class LeaseLossFault : IFaultKind
{
    public string Name => "lease-loss";

    public IReadOnlyList<string> Keys => ["process"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(random, ("process", setting.Pick(random, FaultSites.NodeProcessesOf(setting.World))));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) => world.ApiFaults.Add(ApiFault.LeaseLoss(fault.Name, world.SiteOf(fault.Text("process")).Name));
}
