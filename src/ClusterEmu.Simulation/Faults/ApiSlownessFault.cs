using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The API server answers a process late, beyond the client's patience of 10 s too. Parameters <c>process</c>, <c>perMillion</c>, <c>most</c> (up to 20 s).</summary>
public sealed class ApiSlownessFault : IFaultKind
{
    public string Name => "api-slow";

    public IReadOnlyList<string> Keys => ["process", "perMillion", "most"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(
        random,
        ("process", setting.Pick(random, FaultSites.ApiClientsOf(setting.World))),
        ("perMillion", setting.Scaled(random, 900_000).ToString(CultureInfo.InvariantCulture)),
        ("most", VirtualTime.Text(setting.Scaled(random, 20_000) * VirtualTime.Millisecond)));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) => world.ApiFaults.Add(new ApiFault
    {
        Name = fault.Name,
        Clients = fault.Texts("process"),
        SlowPerMillion = Math.Min(1_000_000, fault.Number("perMillion")),
        SlowMicroseconds = Math.Max(1, fault.Time("most")),
    });
}
