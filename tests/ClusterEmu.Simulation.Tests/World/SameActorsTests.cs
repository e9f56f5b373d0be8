using ClusterEmu.Testing;

namespace ClusterEmu.Simulation.Tests;

/// <summary>The simulated cluster is the live one: the same actor classes, but for those at the rim.</summary>
public sealed class SameActorsTests
{
    /// <summary>What a live cluster in a test has beside the simulated one's actors: the ways to the machine that it runs on, and to the test.</summary>
    private static readonly string[] OnlyLive =
    [
        "ClusterEmu.ControlPlane.ControlPlaneProcess+StartListenerActor", // Tells the caller, who awaits it, that the API server serves.
        "ClusterEmu.Fabric.PortStatesFeed", // Tells the machine's listeners which ports are open.
        "ClusterEmu.Testing.WatchedObjects+Receiver", // Lets a test wait for objects.
    ];

    [Fact]
    public async Task TheLiveAndTheSimulatedCluster_StartTheSameActors_ButForANamedFew()
    {
        var live = await LiveAsync();
        var simulated = Simulated();
        Assert.Contains("ClusterEmu.Nodes.KubeProxy", live);
        Assert.Equal(OnlyLive, live.Except(simulated).Order(StringComparer.Ordinal));
        Assert.Empty(simulated.Except(live));
    }

    private static async Task<HashSet<string>> LiveAsync()
    {
        var book = new TypeBook();
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Setup = ActorSystemSetup.Create(EmbeddedRuntimeSetup.Create().WithProps(book.Note)) });
        foreach (var item in Some.Short.Objects) await cluster.ApplyAsync(System.Text.Encoding.UTF8.GetString(item.Json));
        await cluster.WaitForReadyAsync("deployment/web");
        return book.Types();
    }

    private static HashSet<string> Simulated()
    {
        var book = new TypeBook();
        var scenario = Some.Short with
        {
            World = Some.Short.World with { Composition = new Composition { Actors = (_, _, props) => book.Note(props) } },
            Faults = FaultMix.None,
        };
        Assert.Null(SimulationRun.Run(scenario, 1).Violation);
        return book.Types();
    }

    /// <summary>The product's actors; those of the runtime, and of the simulation itself, are left out.</summary>
    private sealed class TypeBook
    {
        private readonly HashSet<string> _types = new(StringComparer.Ordinal);

        public Props Note(Props props)
        {
            var assembly = props.Type.Assembly.GetName().Name;
            lock (_types)
                if (assembly is not ("ClusterEmu.Actors" or "ClusterEmu.Simulation")) _types.Add(props.Type.FullName!);
            return props;
        }

        public HashSet<string> Types()
        {
            lock (_types) return new HashSet<string>(_types, StringComparer.Ordinal);
        }
    }
}
