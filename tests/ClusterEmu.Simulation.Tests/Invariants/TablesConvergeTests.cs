using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation.Tests;

public sealed class TablesConvergeTests
{
    [Fact]
    public void AQuietCluster_Converges_AndTheRecordHoldsWhatTheApiHas()
    {
        var world = new SimulatedWorld(new WorldOptions(), 1);
        var convergence = new TablesConverge();
        convergence.Attach(world);
        world.Start();
        var converged = world.Executor.RunUntil(30_000_000, () => world.Now > 5_000_000 && convergence.Problem() is null);
        Assert.True(converged, convergence.Problem());
        Assert.Equal(3, world.Record.All<Node>(Kinds.Node).Count());
        Assert.NotNull(world.Record.Get<Service>(Kinds.Service, "kube-system", "kube-dns"));
        convergence.Check(healed: true);
        Assert.Null(world.Violation);
    }

    [Fact]
    public void ANodeThatHearsNothingMore_IsReportedOnceAllIsHealed()
    {
        var world = new SimulatedWorld(new WorldOptions(), 1);
        var convergence = new TablesConverge();
        convergence.Attach(world);
        world.Start();
        world.Executor.RunUntil(8_000_000);
        using var hold = world.Nodes[1].Process!.Hold(actor => actor.Path.Name.StartsWith("kube-proxy", StringComparison.Ordinal));
        world.Client.Send(ApiCall.Delete(Kinds.Service, "kube-system", "kube-dns"), ActorRefs.Nobody);
        world.Executor.RunUntil(9_000_000);
        convergence.Check(healed: false);
        Assert.Null(world.Violation);
        convergence.Check(healed: true);
        Assert.Equal("tables-converge", world.Violation?.Invariant);
        Assert.Contains("The table of node-2", world.Violation!.What, StringComparison.Ordinal);
        Assert.Equal(world.Executor.Steps, world.Violation.Step);
    }
}
