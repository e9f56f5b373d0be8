using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A whole cluster in one thread and virtual time: the actors of the live one, in simulated processes with simulated links.</summary>
public sealed class SimulatedWorld
{
    /// <summary>The process of <see cref="Writers"/> and of a test's own clients.</summary>
    public const string ClientName = "client";

    private readonly List<string> _errors = [];
    private ApiRecord? _record;
    private ApiLog? _log;
    private readonly Action _drawn;
    private long _streams;
    private bool _started;
    private NodeDecisions? _decisions;
    private ReceivedTables? _received;
    private WrittenTables? _written;

    /// <param name="options">What the cluster consists of.</param>
    /// <param name="seed">Chooses everything that is left to chance.</param>
    public SimulatedWorld(WorldOptions options, ulong seed)
    {
        Options = options;
        Seed = seed;
        var order = new RandomStream(RandomStream.SeedOf(seed, "order")); // Drawn by the executor itself.
        Executor = new SimulatedExecutor(order.Next);
        _drawn = () => Executor.VerifyThread("a random number was drawn");
        Events = new WorldEvents(Executor);
        ApiFaults = new ApiFaults(this);
        Disturbances = new Disturbances(this);
        Writers = new Writers(this);
        Links = new Links(Stream);
        Network = new SimulatedNetwork(this);
        Traffic = new Traffic(this);
        ControlPlane = new ControlPlaneSite(this);
        Edge = new EdgeSite(this, options.Edge);
        Nodes = [.. Enumerable.Range(0, options.Processes).Select(number => new NodesSite(this, options.NodesOf(number)))];
        ClientProcess = Executor.StartProcess(ClientName);
        Client = new SimulatedKubeClient(this, ClientProcess, "kubernetes-admin", connectPatience: 0);
        ClientSystem = SimulatedSite.SystemOf(this, ClientProcess, "client#1");
        Watch(ClientName, ClientSystem);
    }

    public WorldOptions Options { get; }

    public ulong Seed { get; }

    public SimulatedExecutor Executor { get; }

    /// <summary>What keeps things that must not become more and more.</summary>
    public Holders Holders { get; } = new();

    /// <summary>What happens, for whoever wants to know.</summary>
    public WorldEvents Events { get; }

    /// <summary>Errors, delays and broken watches between clients and the API server.</summary>
    public ApiFaults ApiFaults { get; }

    /// <summary>Clients that write at random; they do nothing until they are started.</summary>
    public Writers Writers { get; }

    public Links Links { get; }

    public SimulatedNetwork Network { get; }

    /// <summary>Clients that send requests.</summary>
    public Traffic Traffic { get; }

    public ControlPlaneSite ControlPlane { get; }

    public EdgeSite Edge { get; }

    public IReadOnlyList<NodesSite> Nodes { get; }

    /// <summary>The API for the simulation's own clients, outside of all processes of the cluster.</summary>
    public IKubeClient Client { get; }

    /// <summary>Where the simulation's own clients live. It is never killed.</summary>
    public SimulatedProcess ClientProcess { get; }

    /// <summary>For actors of the simulation's own clients.</summary>
    public ActorSystem ClientSystem { get; }

    /// <summary>Who changes objects while the cluster runs, and repeats what did not succeed.</summary>
    public OperatorSite Operator => field ??= new OperatorSite(this);

    /// <summary>What actors logged as errors: each is a mistake of the product, or a fault's doing.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>What the API's store holds and held. Kept from its first use on, which must come before <see cref="Start"/>; else it throws.</summary>
    public ApiRecord Record => _record ??= FromTheStart(() => new ApiRecord(this));

    /// <summary>The faults in force.</summary>
    public Disturbances Disturbances { get; }

    /// <summary>What nodes do with new connections. As <see cref="Record"/>.</summary>
    public NodeDecisions Decisions => _decisions ??= FromTheStart(() => new NodeDecisions(this));

    /// <summary>The tables that the nodes ought to have by what their processes received. As <see cref="Record"/>.</summary>
    public ReceivedTables Received => _received ??= FromTheStart(() => new ReceivedTables(this));

    /// <summary>The tables that the nodes ought to have by what the API holds. As <see cref="Record"/>.</summary>
    public WrittenTables Written => _written ??= FromTheStart(() => new WrittenTables(this));

    /// <summary>Every change that ever reached the store's disk. As <see cref="Record"/>.</summary>
    public ApiLog Log => _log ??= FromTheStart(() => new ApiLog(this));

    internal ApiRecord? RecordIfKept => _record;

    /// <summary>The first invariant that did not hold; null while all have. It ends the run.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>Virtual time in microseconds.</summary>
    public long Now => Executor.NowMicroseconds;

    /// <summary>A random stream of the run. The same seed and name always give the same numbers, whatever others drew.</summary>
    public RandomStream Stream(string name) => new(RandomStream.SeedOf(Seed, name), _drawn);

    /// <summary>Notes an invariant that does not hold, with the step. Only the first counts: what follows may be its consequence.</summary>
    public void Report(Violation violation) => Violation ??= violation with { Step = Executor.Steps };

    /// <summary>Numbers calls and watches.</summary>
    internal long NextStream() => ++_streams;

    /// <summary>Starts every process.</summary>
    public void Start()
    {
        _started = true;
        ControlPlane.Start();
        foreach (var site in Nodes) site.Start();
        Edge.Start();
    }

    /// <summary>From now on errors that the system's actors log are noted.</summary>
    internal void Watch(string site, ActorSystem system) =>
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new ErrorBook(this, site)), "error-book"), typeof(LogError));

    private T FromTheStart<T>(Func<T> make) => _started
        ? throw new InvalidOperationException($"{typeof(T).Name} has to see everything from the start on. Use it before the world starts, as in {nameof(IInvariant)}.{nameof(IInvariant.Attach)}.")
        : make();

    private sealed class ErrorBook : ReceiveActor
    {
        public ErrorBook(SimulatedWorld world, string site) => Receive<LogError>(error =>
        {
            world._errors.Add($"{world.Now / 1_000_000m:0.000000} s, {site}: {error}");
        });
    }
}
