using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Draws a seed's faults: which kinds occur, how strong, how many, when, where. Equal inputs give equal plans.</summary>
public static class FaultPlanner
{
    /// <summary>The faults of a run, in the order of their start.</summary>
    /// <remarks>Each kind and each fault has a stream of its own by name, so that none draws other numbers because another is gone.</remarks>
    public static IReadOnlyList<PlannedFault> Plan(Scenario scenario, ulong seed)
    {
        if (scenario.FaultPlan is { } given) return InOrder(given);
        var faults = new List<PlannedFault>();
        foreach (var setting in scenario.Faults.Kinds)
        {
            var kind = FaultKinds.Find(setting.Kind);
            var swarm = Stream(seed, $"faults/{setting.Kind}");
            if (swarm.Next(100) >= setting.Percent) continue;
            var drawn = setting with { Strength = 1 + swarm.Next(100), World = scenario.World, WindowMicroseconds = scenario.DurationMicroseconds };
            var count = 1 + swarm.Next(setting.Most);
            for (var number = 1; number <= count; number++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{setting.Kind}-{number}");
                var fault = kind.Draw(Stream(seed, $"fault/{name}"), drawn);
                var length = Math.Min(fault.DurationMicroseconds, scenario.DurationMicroseconds - fault.StartMicroseconds);
                faults.Add(fault with { Name = name, DurationMicroseconds = length });
            }
        }
        return InOrder(faults);
    }

    private static List<PlannedFault> InOrder(IEnumerable<PlannedFault> faults) =>
        [.. faults.OrderBy(fault => fault.StartMicroseconds).ThenBy(fault => fault.Name, StringComparer.Ordinal)];

    private static RandomStream Stream(ulong seed, string name) => new(RandomStream.SeedOf(seed, name));
}
