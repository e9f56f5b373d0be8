using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>
/// Some sites cannot reach others. Parameters <c>from</c>, <c>to</c> (comma-separated processes and nodes; a process stands for its nodes
/// too; empty: all), <c>way</c> (<c>both</c>, or <c>one</c>: only what <c>from</c> sends is lost).
/// </summary>
public sealed class PartitionFault : IFaultKind
{
    public string Name => "partition";

    public IReadOnlyList<string> Keys => ["from", "to", "way"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting)
    {
        var ends = setting.Targets.Count > 0 ? setting.Targets : FaultSites.LinkEndsOf(setting.World);
        var shape = random.Next(3);
        // A part against all the rest, a part that is not heard, or single pairs that do not reach each other.
        var from = FaultSites.Part(random, ends, most: shape == 2 ? 1 : Math.Max(1, ends.Count / 2));
        var rest = ends.Where(end => !from.Contains(end)).ToList();
        var to = shape == 2 && rest.Count > 0 ? FaultSites.Part(random, rest, most: 1) : rest;
        return setting.Plan(random, ("from", string.Join(',', from)), ("to", string.Join(',', to)), ("way", shape == 1 ? "one" : "both"));
    }

    public bool DisturbsTables(PlannedFault fault, NodesSite site)
    {
        var (from, to) = EndsOf(site.World, fault);
        return (Has(from, site.Name) && Has(to, site.World.ControlPlane.Name)) || (Has(from, site.World.ControlPlane.Name) && Has(to, site.Name));

        static bool Has(List<string> ends, string end) => ends.Count == 0 || ends.Contains(end);
    }

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault)
    {
        var (from, to) = EndsOf(world, fault);
        return world.Links.Add(new LinkRule { Name = fault.Name, From = from, To = to, BothWays = fault.Text("way") != "one", Cut = true });
    }

    private static (List<string> From, List<string> To) EndsOf(SimulatedWorld world, PlannedFault fault)
    {
        var from = FaultSites.Expand(world, fault.Texts("from")).ToList();
        return (from, FaultSites.Expand(world, fault.Texts("to")).Where(end => !from.Contains(end)).ToList());
    }
}
