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

    internal ControlPlaneSite(SimulatedWorld world) : base(world, "control-plane") =>
        _journal = world.Options.Composition.Journal(world, new InMemoryJournal());

    /// <summary>The API server, once it serves; null while it is down or starting.</summary>
    public ApiCore? Core { get; private set; }

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
    }

    /// <summary>Starts the parts in the order in which the live process starts them.</summary>
    private sealed class Starter : ReceiveActor
    {
        private readonly WorldOptions _options;

        public Starter(ControlPlaneSite site, WorldOptions options, IJournal journal)
        {
            _options = options;
            var server = ApiServerActors.Start(Context.System, options.ControlPlane, journal, Self);
            var client = options.Composition.Client(site.World, site.Name, new InProcessKubeClient(server.Core, "system:apiserver"));
            Receive<StoreRecovered>(_ =>
            {
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
