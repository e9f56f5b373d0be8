namespace ClusterEmu.Simulation.Tests;

public sealed class MemoryTests
{
    /// <summary>The store decodes an object anew once its record was collected: what is read back must count for the same.</summary>
    [Fact]
    public void ARun_DoesNotDependOnWhenMemoryIsCollected()
    {
        var scenario = new Scenario
        {
            Name = "memory",
            Objects = ScenarioObject.Parse(Manifests.All(Manifests.Deployment("web", 3), Manifests.Service("web")), "web"),
            DurationMicroseconds = 10 * VirtualTime.Second,
        };
        var kept = SimulationRun.Run(scenario, 1, new RunSettings { Invariants = static () => [] });
        var collected = SimulationRun.Run(scenario, 1, new RunSettings { Invariants = static () => [new CollectMemory()] });
        Assert.Null(kept.Violation);
        Assert.Equal(kept.HashText, collected.HashText);
    }

    private sealed class CollectMemory : IInvariant
    {
        public string Name => "collect-memory";

        public void Attach(SimulatedWorld world)
        {
            var steps = 0;
            world.Executor.Observer += (_, _, _) =>
            {
                if (++steps % 50 == 0) GC.Collect(0);
            };
        }

        public void Check(bool healed) => GC.Collect();
    }
}
