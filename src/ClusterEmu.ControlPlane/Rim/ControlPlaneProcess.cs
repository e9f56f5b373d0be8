using System.Net;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane;

/// <summary>The control plane: store, API server, the cluster's own objects, controllers. Several may run in one process.</summary>
public sealed class ControlPlaneProcess : IAsyncDisposable
{
    private static int _count;
    private readonly CancellationTokenSource _stopping;
    private readonly List<IActorRef> _actors;
    private readonly IJournal _journal;
    private readonly ApiHttpServer? _http;
    private readonly ProcessProxy? _proxy;

    private ControlPlaneProcess(
        IAsyncKubeClient client, ApiCore core, Uri? address, CancellationTokenSource stopping, List<IActorRef> actors, IJournal journal, ApiHttpServer? http, ProcessProxy? proxy)
    {
        Client = client;
        Core = core;
        ApiAddress = address ?? new Uri("https://in-process.invalid");
        (_stopping, _actors, _journal, _http, _proxy) = (stopping, actors, journal, http, proxy);
    }

    /// <summary>Where the API is served, with the port that is really open. Without HTTP, an address that leads nowhere.</summary>
    public Uri ApiAddress { get; }

    /// <summary>The API in this process, without HTTP, in the administrator's name.</summary>
    public IAsyncKubeClient Client { get; }

    /// <summary>The API server without HTTP.</summary>
    public ApiCore Core { get; }

    /// <summary>Makes tokens for the Secrets of service accounts; null without HTTP, where nobody could use one.</summary>
    public Func<Api.ServiceAccount, string, string>? TokenFor => Core.Access.Tokens is { } tokens ? tokens.ForSecret : null;

    /// <summary>Starts everything. When this returns, the API serves and the cluster's own objects exist.</summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists every problem.</exception>
    /// <exception cref="IOException">The state directory or the address cannot be used.</exception>
    public static async Task<ControlPlaneProcess> StartAsync(ControlPlaneOptions options, ActorSystem system, CancellationToken cancellationToken = default)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        IJournal journal = options.StateDirectory.Length == 0 ? new InMemoryJournal() : new SqliteJournal(Path.Combine(options.StateDirectory, "store.db"));
        var stopping = new CancellationTokenSource();
        var actors = new List<IActorRef>();
        var prefix = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"control-plane-{Interlocked.Increment(ref _count)}-");
        ApiHttpServer? http = null;
        ProcessProxy? proxy = null;
        try
        {
            var (core, ready) = StartStore(options, system, journal, actors, prefix);
            var client = new AsyncKubeClient(core, "system:apiserver");
            var bootstrapped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var serving = Task.CompletedTask;
            if (options.Serve)
            {
                // The server starts while the journal is read; until all is there, readyz says no.
                var pki = ClusterPki.Open(options.PkiDirectory);
                var certificate = pki.Certificate("apiserver");
                proxy = new ProcessProxy(core, certificate, pki.Authority);
                var load = new ServerLoad();
                var handler = HandlerOf(options, system, core, pki, proxy, load, () => bootstrapped.Task.IsCompletedSuccessfully, stopping.Token);
                var endPoint = new IPEndPoint(IPAddress.Parse(options.ListenAddress), options.ListenPort);
                serving = ServeAsync();
                async Task ServeAsync() => http = await ApiHttpServer.StartAsync(endPoint, certificate, handler.HandleAsync, load, cancellationToken).ConfigureAwait(false);
            }
            try
            {
                await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
                StartBootstrap(options, system, client, bootstrapped, actors, prefix);
                await bootstrapped.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await serving.ConfigureAwait(false);
            return new ControlPlaneProcess(client, core, http?.Address, stopping, actors, journal, http, proxy);
        }
        catch
        {
            await StopAsync(stopping, actors, journal, http, proxy).ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => StopAsync(_stopping, _actors, _journal, _http, _proxy);

    private static (ApiCore Core, Task Ready) StartStore(ControlPlaneOptions options, ActorSystem system, IJournal journal, List<IActorRef> actors, string prefix)
    {
        var recovered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var owner = Add(actors, system.ActorOf(StartListenerProps(recovered)));
        var server = ApiServerActors.Start(system, options, journal, owner, prefix, AccessOf(options, system));
        actors.AddRange(server.All);
        return (server.Core, recovered.Task);
    }

    private static void StartBootstrap(
        ControlPlaneOptions options, ActorSystem system, IKubeClient client, TaskCompletionSource done, List<IActorRef> actors, string prefix)
    {
        var owner = Add(actors, system.ActorOf(StartListenerProps(done)));
        actors.AddRange(ApiServerActors.StartBootstrap(system, options, client, owner, prefix));
    }

    private static ApiHandler HandlerOf(
        ControlPlaneOptions options, ActorSystem system, ApiCore core, ClusterPki pki, ProcessProxy proxy, ServerLoad load, Func<bool> isReady, CancellationToken stopping)
    {
        var health = new HealthPages(
        [
            new HealthCheck("ping", static () => true, ""),
            new HealthCheck("log", static () => true, ""),
            new HealthCheck("etcd", () => core.Reader.Current.Revision > Revisions.Empty, "the store is not read yet", AliveWithout: true),
            new HealthCheck("poststarthook/bootstrap-controller", isReady, "the cluster's own objects are not there yet", AliveWithout: true),
            new HealthCheck("shutdown", () => !stopping.IsCancellationRequested, "process is shutting down", OnlyReady: true),
        ]);
        var limit = new InFlightLimit(options.MaxRequestsInFlight, options.MaxMutatingRequestsInFlight, options.MaxWatches);
        var metrics = new ApiMetrics();
        var tokens = core.Access.Tokens is { } made ? new TokenPages(made) : null;
        IReadOnlyList<string> others = tokens is null ? [] : [TokenPages.Configuration, TokenPages.Keys];
        var pages = new ApiPages(
            health, new DiscoveryPages(options.Version, [.. health.Paths, .. others]), new OpenApiPages(), new MetricsPage(metrics, limit, core, options.Version),
            new DebugPages(load), tokens);
        var resources = new ResourceHandler(
            core, limit, metrics, new BodyReading(options.RequestTimeout), new WatchStreaming(load), Determinism.For(system), system.Log, stopping);
        return new ApiHandler(core, new Authenticator(core.Access, pki.Authority), pages, resources, proxy, system.Log);
    }

    /// <summary>Users by the keys in the cluster's directory; without HTTP there are no users.</summary>
    private static AccessTools? AccessOf(ControlPlaneOptions options, ActorSystem system)
    {
        if (!options.Serve) return null;
        var pki = ClusterPki.Open(options.PkiDirectory);
        if (pki.ServiceAccountKeyPem is null)
            system.Log.Warning("{0} holds no sa.key: tokens of service accounts end with this process. 'clusteremu pki' makes one.", options.PkiDirectory);
        var determinism = Determinism.For(system);
        return new AccessTools
        {
            Tokens = new ServiceAccountTokens(EllipticTokenKey.Of(pki.ServiceAccountKeyPem), () => determinism.UtcNow, determinism.NewUid),
            StaticToken = Authenticator.StaticToken(pki.Token),
        };
    }

    private static Props StartListenerProps(TaskCompletionSource source) => Props.Create(() => new StartListenerActor(source));

    private static IActorRef Add(List<IActorRef> actors, IActorRef actor)
    {
        actors.Add(actor);
        return actor;
    }

    private static async ValueTask StopAsync(CancellationTokenSource stopping, List<IActorRef> actors, IJournal journal, ApiHttpServer? http, ProcessProxy? proxy)
    {
        await stopping.CancelAsync().ConfigureAwait(false); // Ends watches, so that the server need not wait for them.
        if (http is not null) await http.DisposeAsync().ConfigureAwait(false);
        proxy?.Dispose();
        for (var i = actors.Count - 1; i >= 0; i--) await actors[i].GracefulStop(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        journal.Dispose();
        stopping.Dispose();
    }

    /// <summary>Turns the first word from an actor that starts into a task.</summary>
    private sealed class StartListenerActor : ReceiveActor
    {
        public StartListenerActor(TaskCompletionSource source)
        {
            Receive<StoreRecovered>(_ => { source.TrySetResult(); });
            Receive<StoreBroken>(broken => { source.TrySetException(new IOException(broken.Message)); });
            Receive<Bootstrapped>(_ => { source.TrySetResult(); });
        }
    }
}
