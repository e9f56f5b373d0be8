using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>An API server without HTTP: the store's actors, and the core that requests are given to.</summary>
/// <param name="Core">Serves once the owner was told <see cref="StoreRecovered"/>.</param>
/// <param name="All">In the order of their start; to be stopped in the reverse one.</param>
public sealed record ApiServerActors(ApiCore Core, IReadOnlyList<IActorRef> All)
{
    /// <summary>Starts the store's actors, which read the journal first.</summary>
    /// <param name="system">Where they live.</param>
    /// <param name="options">The cluster's address ranges.</param>
    /// <param name="journal">Owned by the caller.</param>
    /// <param name="owner">Told <see cref="StoreRecovered"/> or <see cref="StoreBroken"/> once.</param>
    /// <param name="prefix">Before the names of the actors; each API server of a system needs its own.</param>
    /// <param name="access">What is known of users. Null: no tokens, and everybody may do everything.</param>
    public static ApiServerActors Start(ActorSystem system, ControlPlaneOptions options, IJournal journal, IActorRef owner, string prefix = "", AccessTools? access = null)
    {
        var store = new StoreOptions
        {
            Kinds = KindCatalog.Stored,
            InitialDerived = ServiceAllocations.Empty,
            Fold = static (held, change) => ((ServiceAllocations)held).Apply(change),
            WindowBytes = options.WatchWindow,
            WindowAge = options.WatchWindowAge,
        };
        var reader = new StoreReader();
        var hub = system.ActorOf(WatchHub.PropsFor(store), prefix + "watches");
        var writer = system.ActorOf(StoreWriter.PropsFor(store, journal, reader, hub, owner), prefix + "store");
        var retries = system.ActorOf(WriteRetries.PropsFor(writer), prefix + "write-retries");
        ApiCore? core = null;
        access = access is null ? null : access with { Authorizer = new RbacAuthorizer(reader, () => core!.Served) };
        core = new ApiCore(reader, writer, hub, retries, new WriteTools(Determinism.For(system), options.Ranges), system.Log, access);
        return new ApiServerActors(core, [hub, writer, retries]);
    }

    /// <summary>Starts what keeps the cluster's own objects, and what takes old Events away.</summary>
    /// <param name="system">Where they live.</param>
    /// <param name="options">The cluster's addresses.</param>
    /// <param name="client">Of this very API server.</param>
    /// <param name="owner">Told <see cref="Bootstrapped"/> once the cluster's own objects exist.</param>
    /// <param name="prefix">As in <see cref="Start"/>.</param>
    public static IReadOnlyList<IActorRef> StartBootstrap(
        ActorSystem system, ControlPlaneOptions options, IKubeClient client, IActorRef owner, string prefix = "") =>
    [
        system.ActorOf(Bootstrapper.PropsFor(new NamedKubeClient(client, "kube-apiserver"), options.Ranges.Services, options.FabricAddress, options.DnsReplicas, options.BootstrapPeriod, owner), prefix + "bootstrapper"),
        system.ActorOf(EventExpiry.PropsFor(client), prefix + "event-expiry"),
    ];
}
