using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Packets of some links are held back and overtaken. Parameters <c>ends</c> (processes and nodes concerned; empty: all), <c>perMillion</c>, <c>hold</c> (up to 200 ms).</summary>
public sealed class ReorderFault : IFaultKind
{
    public string Name => "reorder";

    public IReadOnlyList<string> Keys => ["ends", "perMillion", "hold"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(
        random,
        ("ends", FaultSites.SomeEnds(random, setting)),
        ("perMillion", setting.Scaled(random, 500_000).ToString(CultureInfo.InvariantCulture)),
        ("hold", VirtualTime.Text(setting.Scaled(random, 200) * VirtualTime.Millisecond)));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) => world.Links.Add(FaultSites.Rule(world, fault) with
    {
        ReorderPerMillion = Math.Min(1_000_000, fault.Number("perMillion")),
        ReorderMicroseconds = (int)Math.Min(LinkRule.MaxMicroseconds, fault.Time("hold")),
    });
}
