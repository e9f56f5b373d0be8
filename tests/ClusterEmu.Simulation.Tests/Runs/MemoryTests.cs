namespace ClusterEmu.Simulation.Tests;

public sealed class MemoryTests
{
    /// <summary>The store decodes an object anew once its record was collected: what is read back must count for the same.</summary>
    [Fact]
    public void ARun_DoesNotDependOnWhenMemoryIsCollected()
    {
        var scenario = ScenarioReader.Read(
            """
            name: memory
            duration: 10s
            manifests:
            - text: |
                  apiVersion: v1
                  kind: Service
                  metadata: {name: web}
                  spec:
                    selector: {app: web}
                    ports: [{port: 80, targetPort: 8080}]
                  ---
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata: {name: web}
                  spec:
                    replicas: 3
                    selector: {matchLabels: {app: web}}
                    template:
                      metadata: {labels: {app: web}}
                      spec: {containers: [{name: web, image: agnhost, args: [netexec]}]}
            """,
            path => throw new InvalidOperationException(path));
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
