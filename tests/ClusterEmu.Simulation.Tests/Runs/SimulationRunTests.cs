namespace ClusterEmu.Simulation.Tests;

public sealed class SimulationRunTests
{
    [Fact]
    public void FiftySeeds_FailingOnesAmongThem_HaveTheSameHashes_WithOneWorkerAndWithTwo()
    {
        var (alone, together) = (Outcomes(1), Outcomes(2));
        Assert.Equal(alone, together);
        Assert.Equal(50, alone.Select(outcome => outcome.Hash).Distinct().Count());
        Assert.Contains(alone, outcome => outcome.Invariant is not null);
        Assert.Contains(alone, outcome => outcome.Invariant is null);

        static List<(ulong Seed, string Hash, long Steps, string? Invariant)> Outcomes(int workers) =>
        [
            .. SeedSweep.Run(Some.Hasty, [.. Enumerable.Range(1, 50).Select(seed => (ulong)seed)], workers)
                .Select(outcome => outcome.Result)
                .Select(result => (result.Seed, result.HashText, result.Steps, result.Violation?.ToString())),
        ];
    }

    [Fact]
    public async Task FailingSeed_IsTold_WithInvariantLogTraceAndReplayLine()
    {
        var settings = new RunSettings { Invariants = static () => [new NoCrash()] };
        var failed = await Assert.ThrowsAsync<SimulationFailedException>(() => Simulation.RunAsync(Some.Crashing with { Command = "clusteremu simulate some.yaml" }, seeds: 1, first: 3, settings: settings));
        Assert.Equal("no-crash", failed.Result.Violation!.Invariant);
        Assert.Contains("fault crash-1 at 2s for 1s process=nodes-1", failed.Message, StringComparison.Ordinal);
        Assert.Contains("The last steps:", failed.Message, StringComparison.Ordinal);
        Assert.EndsWith("Replay: clusteremu simulate some.yaml --seed 3", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailingSeed_IsShrunk_ToWhatMakesItFail()
    {
        var settings = new RunSettings { Invariants = static () => [new NoCrash()] };
        var failed = SimulationRun.Run(Some.Crashing, 3, settings);
        var (smaller, said) = (new List<Shrunk>(), new List<string>());
        var shrunk = Shrinker.Shrink(Some.Crashing, failed, new ShrinkSettings { Tries = 40, Run = settings, Smaller = smaller.Add, Progress = said.Add, Quiet = 2 });
        Assert.Equal(shrunk.Scenario, smaller[^1].Scenario); // Each was handed out when it was found: who ends the search early has the best.
        Assert.True(smaller[0].Tries < shrunk.Tries);
        Assert.Equal(smaller.Select(best => best.Tries).Order(), smaller.Select(best => best.Tries));
        Assert.Contains(said, line => line.Contains("nothing smaller since run", StringComparison.Ordinal));
        Assert.Equal("crash-1", Assert.Single(shrunk.Scenario.FaultPlan!).Name);
        Assert.Empty(shrunk.Scenario.Objects);
        Assert.Equal("no-crash", shrunk.Result.Violation!.Invariant);
        Assert.InRange(shrunk.Tries, 1, 40);
        var written = ScenarioReader.Read(ScenarioWriter.Write(shrunk.Scenario), file => throw new ScenarioException(file));
        Assert.Equal(shrunk.Result.Hash, SimulationRun.Run(written, 3, settings).Hash);
    }

    [Fact]
    public void ClusterThatCannotBecomeReady_FailsWithWhatIsMissing()
    {
        var scenario = Some.Short with { Expect = new Expectations { ReadyMicroseconds = VirtualTime.Millisecond } };
        var violation = SimulationRun.Run(scenario, 1).Violation!;
        Assert.Equal("start", violation.Invariant);
        Assert.StartsWith("1ms after the start, ", violation.What, StringComparison.Ordinal);
    }

    [Fact]
    public void ObjectThatTheApiRefuses_FailsTheRunWithItsMessage()
    {
        var objects = ScenarioObject.Parse("{apiVersion: v1, kind: Service, metadata: {name: bad}, spec: {ports: [{port: 0}]}}", "test");
        var violation = SimulationRun.Run(Some.Short with { Objects = objects }, 1).Violation!;
        Assert.Equal("scenario", violation.Invariant);
        Assert.Contains("spec.ports[0].port", violation.What, StringComparison.Ordinal);
    }

    /// <summary>Does not hold once a node process is down.</summary>
    private sealed class NoCrash : IInvariant
    {
        private SimulatedWorld? _world;

        public string Name => "no-crash";

        public void Attach(SimulatedWorld world) => _world = world;

        public void Check(bool healed)
        {
            if (_world!.Nodes.FirstOrDefault(site => !site.IsUp) is { } down) _world.Report(new Violation(Name, _world.Now, $"{down.Name} is down."));
        }
    }
}
