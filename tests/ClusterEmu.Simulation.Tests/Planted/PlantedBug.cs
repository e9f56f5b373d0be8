namespace ClusterEmu.Simulation.Tests;

/// <summary>A mistake that somebody could make, put into the cluster at its composition.</summary>
/// <param name="Name">Short and unique.</param>
/// <param name="What">What goes wrong.</param>
/// <param name="FoundBy">The rules that may find it.</param>
/// <param name="Composition">Plants it; asked anew for each run, so that it may count.</param>
internal sealed record PlantedBug(string Name, string What, IReadOnlyList<string> FoundBy, Func<Composition> Composition)
{
    /// <summary>What the scenario has to have for it, beyond what it has for all.</summary>
    public Func<Scenario, Scenario> In { get; init; } = static scenario => scenario;

    public override string ToString() => Name;
}

/// <summary>All of them.</summary>
internal static class PlantedBugs
{
    public static readonly IReadOnlyList<PlantedBug> All = [.. NodeBugs.All, .. ControlPlaneBugs.All];

    public static PlantedBug Find(string name) => All.Single(bug => bug.Name == name);
}
