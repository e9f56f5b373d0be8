using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Packets of some links are lost. Parameters <c>ends</c> (processes and nodes concerned; empty: all), <c>perMillion</c> (1 to 1000000; drawn up to half).</summary>
public sealed class LossFault : IFaultKind
{
    public string Name => "loss";

    public IReadOnlyList<string> Keys => ["ends", "perMillion"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(
        random,
        ("ends", FaultSites.SomeEnds(random, setting)),
        ("perMillion", setting.Scaled(random, 500_000).ToString(CultureInfo.InvariantCulture)));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) =>
        world.Links.Add(FaultSites.Rule(world, fault) with { LossPerMillion = Math.Min(1_000_000, fault.Number("perMillion")) });
}
