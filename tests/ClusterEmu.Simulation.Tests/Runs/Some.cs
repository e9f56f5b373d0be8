namespace ClusterEmu.Simulation.Tests;

/// <summary>Scenarios that take a fraction of a second.</summary>
internal static class Some
{
    /// <summary>Two nodes, one Deployment that is changed, some faults.</summary>
    public static readonly Scenario Short = new()
    {
        Name = "short",
        World = new WorldOptions { Nodes = 2, DnsReplicas = 1 },
        Objects = ScenarioObject.Parse(Manifests.All(Manifests.Deployment("web", 2), Manifests.Service("web")), "web"),
        Changes = [new PlannedChange("restart", "deployment/web", 500 * VirtualTime.Millisecond)],
        Faults = new FaultMix([new FaultSetting("crash") { Percent = 70, LongestMicroseconds = 2 * VirtualTime.Second }, new FaultSetting("proxy-lag") { Percent = 70 }]),
        DurationMicroseconds = 4 * VirtualTime.Second,
    };

    /// <summary>Whoever loses a process late has no time to become whole again, so that some seeds fail.</summary>
    public static readonly Scenario Hasty = Short with
    {
        Changes = [],
        DurationMicroseconds = 2 * VirtualTime.Second,
        Expect = new Expectations { ConvergedMicroseconds = 150 * VirtualTime.Millisecond },
    };

    /// <summary>Exactly three faults; the crash of nodes-1 is one.</summary>
    public static readonly Scenario Crashing = Short with
    {
        Changes = [],
        FaultPlan =
        [
            Fault("proxy-lag", 1, ("node", "node-1"), ("delay", "2s")),
            Fault("crash", 2, ("process", "nodes-1")),
            Fault("clock-skew", 1, ("process", "nodes-2"), ("skew", "-1s")),
        ],
    };

    private static PlannedFault Fault(string kind, int second, params (string Key, string Value)[] parameters) =>
        new(kind, second * VirtualTime.Second, VirtualTime.Second, new SortedDictionary<string, string>(parameters.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal)) { Name = $"{kind}-1" };
}
