using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A process's watches end now, and again and again. Parameters <c>process</c>, <c>code</c> (0: the connection breaks; 410: the history is gone), <c>perMillion</c> (of events after which a stream ends).</summary>
public sealed class WatchDropFault : IFaultKind
{
    public string Name => "watch-drop";

    public IReadOnlyList<string> Keys => ["process", "code", "perMillion"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(
        random,
        ("process", setting.Pick(random, FaultSites.ApiClientsOf(setting.World))),
        ("code", random.Next(3) == 0 ? "410" : "0"),
        ("perMillion", setting.Scaled(random, 300_000).ToString(CultureInfo.InvariantCulture)));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) => world.ApiFaults.Add(new ApiFault
    {
        Name = fault.Name,
        Clients = fault.Texts("process"),
        DropAtOnce = true,
        DropCode = fault.Number("code"),
        DropPerMillion = fault.Number("perMillion"),
    });
}
