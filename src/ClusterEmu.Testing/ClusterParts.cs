using ClusterEmu.Client;
using ClusterEmu.ControlPlane;
using ClusterEmu.Edge;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Nodes;

namespace ClusterEmu.Testing;

/// <summary>All roles of a cluster in one process, with an actor system of their own. Disposing stops them in the reverse order of their start.</summary>
internal sealed class ClusterParts : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(6);
    private readonly Stack<(string Name, Func<Task> Stop)> _running = new();
    private readonly EmulatedClusterOptions _options;

    public ClusterParts(EmulatedClusterOptions options)
    {
        _options = options;
        Determinism = new LiveDeterminism(options.Seed);
        var config = ConfigurationFactory.ParseString($"akka.loglevel = {options.LogLevel}");
        System = ActorSystem.Create("clusteremu", options.Setup.And(BootstrapSetup.Create().WithConfig(config)).And(new DeterminismSetup(Determinism)));
        _running.Push(("the actor system", () => System.Terminate()));
    }

    public LiveDeterminism Determinism { get; }
    public ActorSystem System { get; }

    /// <summary>Null unless the API is served.</summary>
    public ClusterPki? Pki { get; private set; }

    public ControlPlaneProcess ControlPlane { get; private set; } = null!;
    public FabricProcess Fabric { get; private set; } = null!;
    public NodesProcess Nodes { get; private set; } = null!;
    public EdgeProcess Edge { get; private set; } = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Serve) Pki = MakePki();
        ControlPlane = Keep("the control plane", await ControlPlaneProcess.StartAsync(_options.ControlPlane(Pki?.Path ?? ""), System, cancellationToken).ConfigureAwait(false));
        var hub = System.ActorOf(InformerHub.PropsFor(ControlPlane.Client), "informers");
        ControllerManager.Start(System, ControlPlane.Client, hub, _options.Controllers(Pki?.AuthorityPem ?? "") with { TokenFor = ControlPlane.TokenFor });
        Fabric = Keep("the network", FabricProcess.Start(new FabricOptions { Listen = false, ApiServer = _options.Serve ? ControlPlane.ApiAddress.Authority : "" }, System));
        Fabric.KeepDirectory(hub, _options.Plan);
        var nodes = _options.NodesOf([.. _options.OutsideHosts.Select(OutsideHost.Parse)]);
        Nodes = Keep("the nodes", await NodesProcess.StartAsync(nodes, System, ControlPlane.Client, Fabric, hub, cancellationToken).ConfigureAwait(false));
        Edge = Keep("the edge", await EdgeProcess.StartAsync(_options.Edge(), System, ControlPlane.Client, Fabric, hub, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask DisposeAsync()
    {
        var failures = new List<Exception>();
        while (_running.TryPop(out var part))
        {
            try
            {
                await part.Stop().WaitAsync(StopPatience).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                failures.Add(new TimeoutException($"While the cluster stopped, {part.Name} did not stop within {StopPatience.TotalSeconds:0} s: {failure.Message}", failure));
            }
        }
        if (failures.Count > 0) throw failures.Count == 1 ? failures[0] : new AggregateException(failures);
    }

    private ClusterPki MakePki()
    {
        var directory = Directory.CreateTempSubdirectory("clusteremu-test-").FullName;
        _running.Push(("the directory of its certificates", () => Task.Run(() => Directory.Delete(directory, recursive: true))));
        return ClusterPki.Ensure(directory, [], []);
    }

    private T Keep<T>(string name, T part) where T : IAsyncDisposable
    {
        _running.Push((name, () => part.DisposeAsync().AsTask()));
        return part;
    }
}
