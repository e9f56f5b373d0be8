namespace ClusterEmu.Simulation;

/// <summary>What faults reach in the world.</summary>
internal static class FaultWorld
{
    /// <exception cref="ScenarioException">There is no such process.</exception>
    public static SimulatedSite SiteOf(this SimulatedWorld world, string name)
    {
        IReadOnlyList<SimulatedSite> sites = [world.ControlPlane, .. world.Nodes, world.Edge];
        return sites.FirstOrDefault(site => site.Name == name)
            ?? throw new ScenarioException($"There is no process {name}. There are {string.Join(", ", sites.Select(site => site.Name))}.");
    }

    /// <summary>Freezes the actors of a node's process whose paths have all the parts. Gone with the process.</summary>
    /// <exception cref="ScenarioException">There is no such node.</exception>
    public static IDisposable Hold(this SimulatedWorld world, string node, params string[] parts)
    {
        var site = world.Nodes.FirstOrDefault(candidate => candidate.Nodes.Contains(node))
            ?? throw new ScenarioException($"There is no node {node}. There are {string.Join(", ", world.Nodes.SelectMany(candidate => candidate.Nodes))}.");
        return site.Process?.Hold(actor => Array.TrueForAll(parts, part => actor.Path.ToStringWithoutAddress().Contains(part, StringComparison.Ordinal)))
            ?? FaultSites.Ending(static () => { });
    }
}
