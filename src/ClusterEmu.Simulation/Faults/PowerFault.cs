using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>Switches a node off and on again, by the annotation that people use. Parameter <c>node</c>.</summary>
public sealed class PowerFault : IFaultKind
{
    public string Name => "power";

    public IReadOnlyList<string> Keys => ["node"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(random, ("node", setting.Pick(random, FaultSites.NodesOf(setting.World))));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault)
    {
        var node = fault.Text("node");
        world.Operator.Annotate(node, Registration.PowerAnnotation, "off");
        return FaultSites.Ending(() => world.Operator.Annotate(node, Registration.PowerAnnotation, null));
    }
}
