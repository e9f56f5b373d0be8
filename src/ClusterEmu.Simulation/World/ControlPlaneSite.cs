using ClusterEmu.Client;
using ClusterEmu.ControlPlane;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The control-plane process: store, API server, controllers. Its journal outlives it.</summary>
public sealed class ControlPlaneSite : SimulatedSite
{
    private readonly IJournal _journal;
    private readonly RandomStream _random;

    internal ControlPlaneSite(SimulatedWorld world) : base(world, "control-plane")
    {
        _random = world.Stream("control-plane");
        Journal = new SimulatedJournal(world);
        _journal = world.Options.Composition.Journal(world, Journal);
    }

    /// <summary>The disk under the store; it outlives the process.</summary>
    public SimulatedJournal Journal { get; }

    /// <summary>The API server, once its store has recovered; null while it is down or starting.</summary>
    public ApiCore? Core { get; private set; }

    /// <summary>Where the API server listens, maybe before its store has recovered; null: connections are refused.</summary>
    internal ServerPort? Port { get; private set; }

    /// <summary>Every mistake of the cluster's start; empty if there was none.</summary>
    public IReadOnlyList<string> StartProblems { get; private set; } = [];

    /// <summary>Whether the cluster's own objects exist.</summary>
    public bool IsBootstrapped { get; private set; }

    private protected override void Run(ActorSystem system, Determinism determinism) =>
        system.ActorOf(Props.Create(() => new Starter(this, World.Options, _journal)), "control-plane");

    private protected override void Died()
    {
        Core = null;
        World.RecordIfKept?.End();
        IsBootstrapped = false;
        Journal.Crash();
        Port?.Close();
        Port = null;
    }

    /// <summary>The port opens while the store recovers, sooner or later than that is done.</summary>
    private void Listen(ApiCore core)
    {
        var life = Process;
        World.Executor.At(World.Now + 1_000 + _random.Next(20_000), () =>
        {
            if (life is { IsAlive: true }) Port = new ServerPort(core);
        });
    }

    /// <summary>Starts the parts in the order in which the live process starts them.</summary>
    private sealed class Starter : ReceiveActor
    {
        private readonly WorldOptions _options;

        public Starter(ControlPlaneSite site, WorldOptions options, IJournal journal)
        {
            _options = options;
            var server = ApiServerActors.Start(Context.System, options.ControlPlane, journal, Self);
            var client = options.Composition.Client(site.World, site.Name, new InProcessKubeClient(server.Core, "system:apiserver", new LocalWitness(site.World)));
            site.Listen(server.Core);
            Receive<StoreRecovered>(_ =>
            {
                if (site.Core is not null) return; // The store's writer was restarted; all else goes on.
                site.Core = server.Core;
                site.World.RecordIfKept?.Begin(server.Core);
                ApiServerActors.StartBootstrap(Context.System, _options.ControlPlane, client, Self);
            });
            Receive<StoreBroken>(broken => { site.StartProblems = [broken.Message]; });
            Receive<Bootstrapped>(done =>
            {
                site.StartProblems = done.Problems;
                site.IsBootstrapped = true;
                var hub = Context.System.ActorOf(InformerHub.PropsFor(client), "informers");
                ControllerManager.Start(Context.System, client, hub, _options.Controllers);
            });
        }
    }
}
