using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The API server answers requests of a process with errors: 429, 500, 503, or 504 where the write may have been done. Parameters <c>process</c>, <c>perMillion</c>.</summary>
public sealed class ApiErrorFault : IFaultKind
{
    public string Name => "api-errors";

    public IReadOnlyList<string> Keys => ["process", "perMillion"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(
        random,
        ("process", setting.Pick(random, FaultSites.ApiClientsOf(setting.World))),
        ("perMillion", setting.Scaled(random, 900_000).ToString(CultureInfo.InvariantCulture)));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault) =>
        world.ApiFaults.Add(new ApiFault { Name = fault.Name, Clients = fault.Texts("process"), ErrorPerMillion = Math.Min(1_000_000, fault.Number("perMillion")) });
}
