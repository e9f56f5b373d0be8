using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>All kinds of faults.</summary>
public static class FaultKinds
{
    public static readonly IReadOnlyList<IFaultKind> All =
    [
        new CrashFault(), new PowerFault(),
        new PartitionFault(), new SlowLinkFault(), new LossFault(), new ReorderFault(),
        new ProxyFreezeFault(), new ProxyLagFault(),
        new WatchStallFault(), new WatchDropFault(), new ApiErrorFault(), new ApiSlownessFault(), new LeaseLossFault(),
        new ClockSkewFault(), new StorageFault(),
    ];

    /// <exception cref="ScenarioException">There is no such kind.</exception>
    public static IFaultKind Find(string name) => All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new ScenarioException($"There is no fault {name}. The nearest is {NearestName.Of(name, All.Select(kind => kind.Name))}; there are {string.Join(", ", All.Select(kind => kind.Name))}.");
}
