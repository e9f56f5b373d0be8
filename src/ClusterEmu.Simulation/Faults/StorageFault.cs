using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The disk under the store does nothing until the end, is slow, or refuses. Parameters <c>stall</c> (true or false), <c>slow</c> (up to 1 s), <c>failPerMillion</c>.</summary>
public sealed class StorageFault : IFaultKind
{
    public string Name => "storage";

    public IReadOnlyList<string> Keys => ["stall", "slow", "failPerMillion"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting)
    {
        var shape = random.Next(3);
        return setting.Plan(
            random,
            ("stall", shape == 0 ? "true" : "false"),
            ("slow", shape == 1 ? VirtualTime.Text(setting.Scaled(random, 1_000) * VirtualTime.Millisecond) : "0s"),
            ("failPerMillion", shape == 2 ? setting.Scaled(random, 500_000).ToString(CultureInfo.InvariantCulture) : "0"));
    }

    public bool DisturbsControlPlane(PlannedFault fault) => true;

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) => world.ControlPlane.Journal.Add(new JournalFault
    {
        Name = fault.Name,
        Stalls = fault.Text("stall") == "true",
        SlowMicroseconds = fault.Time("slow"),
        FailPerMillion = Math.Min(1_000_000, fault.Number("failPerMillion")),
    });
}
