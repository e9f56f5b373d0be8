using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Packets of some links take longer. Parameters <c>ends</c> (processes and nodes whose links are slow; empty: all), <c>least</c>, <c>most</c> (up to 2 s).</summary>
public sealed class SlowLinkFault : IFaultKind
{
    public string Name => "delay";

    public IReadOnlyList<string> Keys => ["ends", "least", "most"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting)
    {
        var most = setting.Scaled(random, 2_000) * VirtualTime.Millisecond;
        return setting.Plan(
            random,
            ("ends", FaultSites.SomeEnds(random, setting)),
            ("least", VirtualTime.Text(random.Below(most / VirtualTime.Millisecond) * VirtualTime.Millisecond)),
            ("most", VirtualTime.Text(most)));
    }

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault)
    {
        var most = (int)Math.Min(LinkRule.MaxMicroseconds, fault.Time("most"));
        return world.Links.Add(FaultSites.Rule(world, fault) with { ExtraMinMicroseconds = (int)Math.Min(most, fault.Time("least")), ExtraMaxMicroseconds = most });
    }
}
