using System.Globalization;

namespace ClusterEmu.Simulation;

/// <summary>Ways to make a scenario smaller. Each gives candidates, the boldest first; none gives what is as large as before.</summary>
internal static class ShrinkSteps
{
    public static readonly IReadOnlyList<Func<Scenario, IEnumerable<Scenario>>> All = [FewerFaults, FewerChanges, FewerClients, Shorter, FewerObjects, ShorterFaults, WeakerFaults, SmallerWorld];

    private static IEnumerable<Scenario> FewerFaults(Scenario scenario) => Without(scenario.FaultPlan ?? []).Select(left => scenario with { FaultPlan = left });

    private static IEnumerable<Scenario> FewerChanges(Scenario scenario)
    {
        foreach (var left in Without(scenario.Changes)) yield return scenario with { Changes = left };
        for (var i = 0; i < scenario.Changes.Count; i++)
        {
            var change = scenario.Changes[i];
            var times = change.EveryMicroseconds == 0 ? 1 : change.Moments(scenario.DurationMicroseconds).Count();
            if (times > 1) yield return scenario with { Changes = Replaced(scenario.Changes, i, change with { Times = times / 2 }) };
        }
    }

    private static IEnumerable<Scenario> FewerClients(Scenario scenario)
    {
        foreach (var left in Without(scenario.Clients)) yield return scenario with { Clients = left };
        if (scenario.Writers is not { } writers) yield break;
        yield return scenario with { Writers = null };
        if (writers.Count > 1) yield return scenario with { Writers = writers with { Count = writers.Count / 2 } };
    }

    private static IEnumerable<Scenario> FewerObjects(Scenario scenario) => Without(scenario.Objects).Select(left => scenario with { Objects = left });

    private static IEnumerable<Scenario> Shorter(Scenario scenario)
    {
        foreach (var percent in (int[])[25, 50, 75, 90])
        {
            var duration = scenario.DurationMicroseconds * percent / 100 / VirtualTime.Millisecond * VirtualTime.Millisecond;
            if (duration < VirtualTime.Second) continue;
            yield return scenario with
            {
                DurationMicroseconds = duration,
                FaultPlan = [.. (scenario.FaultPlan ?? []).Where(fault => fault.StartMicroseconds < duration)],
                Changes = [.. scenario.Changes.Where(change => change.AtMicroseconds < duration)],
            };
        }
    }

    private static IEnumerable<Scenario> ShorterFaults(Scenario scenario) => FaultByFault(scenario, fault =>
        fault.DurationMicroseconds > 100 * VirtualTime.Millisecond
            ? fault with { DurationMicroseconds = fault.DurationMicroseconds / 2 / VirtualTime.Millisecond * VirtualTime.Millisecond }
            : null);

    /// <summary>Halves the first number or time among the parameters that is not small already.</summary>
    private static IEnumerable<Scenario> WeakerFaults(Scenario scenario) => FaultByFault(scenario, fault =>
    {
        foreach (var (key, value) in fault.Parameters)
        {
            if (Half(value) is not { } half) continue;
            return fault with { Parameters = new SortedDictionary<string, string>(fault.Parameters.ToDictionary(pair => pair.Key, pair => pair.Key == key ? half : pair.Value), StringComparer.Ordinal) };
        }
        return null;
    });

    private static IEnumerable<Scenario> SmallerWorld(Scenario scenario)
    {
        var world = scenario.World;
        if (world.Nodes > 1) yield return scenario with { World = world with { Nodes = world.Nodes - 1, NodeProcesses = world.NodeProcesses is { } some ? Math.Min(some, world.Nodes - 1) : null } };
        if (world.Zones > 1) yield return scenario with { World = world with { Zones = 1 } };
        if (world.DnsReplicas > 1) yield return scenario with { World = world with { DnsReplicas = 1 } };
        if (world.DnsReplicas > 0) yield return scenario with { World = world with { DnsReplicas = 0 } };
    }

    private static IEnumerable<Scenario> FaultByFault(Scenario scenario, Func<PlannedFault, PlannedFault?> weaken)
    {
        var plan = scenario.FaultPlan ?? [];
        for (var i = 0; i < plan.Count; i++)
        {
            if (weaken(plan[i]) is { } weaker) yield return scenario with { FaultPlan = Replaced(plan, i, weaker) };
        }
    }

    private static string? Half(string value)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number > 1 ? (number / 2).ToString(CultureInfo.InvariantCulture) : null;
        var (sign, text) = value.StartsWith('-') ? ("-", value[1..]) : ("", value);
        return VirtualTime.TryParse(text, out var time) && time > VirtualTime.Millisecond ? sign + VirtualTime.Text(time / 2 / 1000 * 1000) : null;
    }

    /// <summary>All gone, then halves and quarters gone, then single ones gone.</summary>
    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> items)
    {
        if (items.Count == 0) yield break;
        for (var size = items.Count; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (var from = 0; from < items.Count; from += size)
                yield return [.. items.Where((_, index) => index < from || index >= from + size)];
        }
    }

    private static IReadOnlyList<T> Replaced<T>(IReadOnlyList<T> items, int at, T item) => [.. items.Select((old, index) => index == at ? item : old)];
}
