namespace ClusterEmu.Simulation.Tests;

public sealed class FaultPlannerTests
{
    private static readonly Scenario AllKinds = new() { Name = "all", Faults = new FaultMix([.. FaultKinds.All.Select(kind => new FaultSetting(kind.Name) { Percent = 60 })]) };

    [Fact]
    public void Plan_IsTheSameForTheSameSeed_AndDiffersBetweenSeeds()
    {
        var plans = Enumerable.Range(1, 50).Select(seed => TextOf(AllKinds, (ulong)seed)).ToList();
        Assert.Equal(plans, Enumerable.Range(1, 50).Select(seed => TextOf(AllKinds, (ulong)seed)));
        Assert.Equal(50, plans.Distinct().Count());
    }

    [Fact]
    public void KindThatIsTakenAway_LeavesTheDrawsOfAllOthers()
    {
        foreach (var gone in FaultKinds.All)
        {
            var fewer = AllKinds with { Faults = new FaultMix([.. AllKinds.Faults.Kinds.Where(setting => setting.Kind != gone.Name)]) };
            Assert.Equal(
                FaultPlanner.Plan(AllKinds, 7).Where(fault => fault.Kind != gone.Name).Select(fault => fault.ToString()),
                FaultPlanner.Plan(fewer, 7).Select(fault => fault.ToString()));
        }
    }

    [Fact]
    public void EveryKind_DrawsFaultsWithAllItsParameters_WithinBounds()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 1UL; seed <= 100; seed++)
        {
            foreach (var fault in FaultPlanner.Plan(AllKinds, seed))
            {
                seen.Add(fault.Kind);
                Assert.Equal(FaultKinds.Find(fault.Kind).Keys.Order(StringComparer.Ordinal), fault.Parameters.Keys.Order(StringComparer.Ordinal));
                Assert.InRange(fault.StartMicroseconds, 0, AllKinds.DurationMicroseconds - 1);
                Assert.InRange(fault.StartMicroseconds + fault.DurationMicroseconds, 1, AllKinds.DurationMicroseconds);
            }
        }
        Assert.Equal(FaultKinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private static string TextOf(Scenario scenario, ulong seed) => string.Join('\n', FaultPlanner.Plan(scenario, seed));
}
