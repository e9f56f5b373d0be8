using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>A node's kube-proxy takes every change later, by the annotation that people use. Parameters <c>node</c>, <c>delay</c> (1 ms to 5 s).</summary>
public sealed class ProxyLagFault : IFaultKind
{
    public string Name => "proxy-lag";

    public IReadOnlyList<string> Keys => ["node", "delay"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(
        random,
        ("node", setting.Pick(random, FaultSites.NodesOf(setting.World))),
        ("delay", VirtualTime.Text(setting.Scaled(random, 5_000) * VirtualTime.Millisecond)));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault)
    {
        var node = fault.Text("node");
        world.Operator.Annotate(node, Registration.KubeProxyDelayAnnotation, fault.Text("delay"));
        return FaultSites.Ending(() => world.Operator.Annotate(node, Registration.KubeProxyDelayAnnotation, null));
    }
}
