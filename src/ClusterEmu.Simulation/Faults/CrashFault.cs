using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Kills a process as <c>kill -9</c> does, and starts it again at the end. Parameter <c>process</c>: control-plane, nodes-1, edge.</summary>
public sealed class CrashFault : IFaultKind
{
    public string Name => "crash";

    public IReadOnlyList<string> Keys => ["process"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) =>
        setting.Plan(random, ("process", setting.Pick(random, ["control-plane", "edge", .. FaultSites.NodeProcessesOf(setting.World)])));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault)
    {
        var site = world.SiteOf(fault.Text("process"));
        site.Kill();
        return FaultSites.Ending(site.Start);
    }
}
