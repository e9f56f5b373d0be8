using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.Simulation.Tests;

public sealed class StartTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    public void ACluster_BecomesReadyInVirtualTime_TheSameWayForTheSameSeed(ulong seed)
    {
        var (first, second) = (Started(seed), Started(seed));
        Assert.Equal(first.Executor.TraceHash, second.Executor.TraceHash);
        Assert.Equal(first.Now, second.Now);
        Assert.NotEqual(first.Executor.TraceHash, Started(seed + 100).Executor.TraceHash);
    }

    private static SimulatedWorld Started(ulong seed)
    {
        var world = new SimulatedWorld(new WorldOptions(), seed);
        world.Start();
        var ready = world.Executor.RunUntil(20_000_000, () => ReadyNodes(world) == 3 && ReadyDns(world));
        Assert.Empty(world.ControlPlane.StartProblems.Concat(world.Errors));
        Assert.True(ready, "Not ready after 20 virtual seconds.");
        return world;
    }

    private static int ReadyNodes(SimulatedWorld world) => world.ControlPlane.Core is { } core
        ? Read<Node>(core, Kinds.Node).Count(node => node.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }))
        : 0;

    private static bool ReadyDns(SimulatedWorld world) => world.ControlPlane.Core is { } core
        && Read<Pod>(core, Kinds.Pod).Count(pod => pod.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" })) == 2;

    private static List<T> Read<T>(ApiCore core, KindInfo kind) where T : IKubeObject
    {
        List<T> found = [];
        core.Handle(new ApiRequest { Verb = Client.ApiVerb.List, Kind = kind, User = "test" }, new Answer(response =>
        {
            foreach (var item in response.List?.Items ?? []) found.Add((T)item.Decode());
        }));
        return found;
    }

    private sealed class Answer(Action<ApiResponse> take) : IApiReply
    {
        public void Complete(ApiResponse response) => take(response);
    }
}
