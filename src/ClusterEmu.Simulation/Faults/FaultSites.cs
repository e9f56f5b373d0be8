using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Names of what faults hit, and draws among them.</summary>
internal static class FaultSites
{
    public static IReadOnlyList<string> NodesOf(WorldOptions world) => [.. Enumerable.Range(1, world.Nodes).Select(number => $"node-{number}")];

    public static IReadOnlyList<string> NodeProcessesOf(WorldOptions world) => [.. Enumerable.Range(1, world.Processes).Select(number => $"nodes-{number}")];

    /// <summary>Everything that a link can end at: a node's own traffic is not that of its process to the API.</summary>
    public static IReadOnlyList<string> LinkEndsOf(WorldOptions world) => ["control-plane", .. NodeProcessesOf(world), "edge", .. NodesOf(world)];

    /// <summary>A number from 0 up to, but not including, <paramref name="bound"/>; bound: 1 or more, below 2^62.</summary>
    public static long Below(this RandomStream random, long bound)
    {
        if (bound <= int.MaxValue) return random.Next((int)bound);
        return (long)(random.Next() % (ulong)bound);
    }

    /// <summary>A process and, if it hosts nodes, those: whoever cuts a machine off cuts its nodes off.</summary>
    public static IEnumerable<string> Expand(SimulatedWorld world, IEnumerable<string> names) => names.SelectMany(name =>
        world.Nodes.FirstOrDefault(site => site.Name == name) is { } site ? [name, .. site.Nodes] : (IEnumerable<string>)[name]).Distinct(StringComparer.Ordinal);

    /// <summary>A drawn, non-empty, proper part of the names, in their order.</summary>
    public static List<string> Part(RandomStream random, IReadOnlyList<string> names, int most)
    {
        var count = 1 + random.Next(Math.Clamp(most, 1, Math.Max(1, names.Count - 1)));
        var left = names.ToList();
        var taken = new List<string>();
        for (var i = 0; i < count && left.Count > 0; i++)
        {
            var index = random.Next(left.Count);
            taken.Add(left[index]);
            left.RemoveAt(index);
        }
        return [.. names.Where(taken.Contains)];
    }

    /// <summary>Processes that use the API over a link.</summary>
    public static IReadOnlyList<string> ApiClientsOf(WorldOptions world) => [.. NodeProcessesOf(world), "edge"];

    /// <summary>Some of the link ends that a setting allows, as text; one time in three empty, which means all.</summary>
    public static string SomeEnds(RandomStream random, FaultSetting setting)
    {
        var ends = setting.Targets.Count > 0 ? setting.Targets : LinkEndsOf(setting.World);
        var some = Part(random, ends, most: 3);
        return setting.Targets.Count == 0 && random.Next(3) == 0 ? "" : string.Join(',', some);
    }

    /// <summary>A rule for all links that end at one of the fault's <c>ends</c>.</summary>
    public static LinkRule Rule(SimulatedWorld world, PlannedFault fault) => new() { Name = fault.Name, From = [.. Expand(world, fault.Texts("ends"))] };

    /// <summary>Ends a fault once, however often it is disposed.</summary>
    public static IDisposable Ending(Action heal) => new Once(heal);

    private sealed class Once(Action heal) : IDisposable
    {
        private bool _done;

        public void Dispose()
        {
            if (_done) return;
            _done = true;
            heal();
        }
    }
}
