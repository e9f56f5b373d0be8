using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A node's kube-proxy hangs: its table stays as it is, and all that it should have heard waits. Parameter <c>node</c>.</summary>
public sealed class ProxyFreezeFault : IFaultKind
{
    public string Name => "proxy-freeze";

    public IReadOnlyList<string> Keys => ["node"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(random, ("node", setting.Pick(random, FaultSites.NodesOf(setting.World))));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) => world.Hold(fault.Text("node"), $"/{fault.Text("node")}/kube-proxy-");
}
