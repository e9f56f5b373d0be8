using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>The load of a simulated cluster: clients that send requests, and what became of these.</summary>
public sealed class Traffic
{
    private readonly SimulatedWorld _world;
    private readonly List<KindInfo> _watched = [];
    private readonly long[] _outcomes = new long[(int)RequestOutcome.NotSent + 1];
    private SimulatedProcess? _process;
    private ActorSystem? _system;
    private IActorRef? _informers;

    internal Traffic(SimulatedWorld world)
    {
        _world = world;
        Book = new TargetBook(world.Options.Plan.DnsService, "cluster.local");
    }

    /// <summary>Each request, when it has ended.</summary>
    public Tap<RequestDone> Requests { get; } = new();

    /// <summary>Each question to the cluster's DNS, when it has ended.</summary>
    public Tap<NameAsked> Names { get; } = new();

    /// <summary>Requests that have ended so far.</summary>
    public long Ended { get; private set; }

    internal TargetBook Book { get; }

    /// <summary>Requests that have ended so far in a way.</summary>
    public long Count(RequestOutcome outcome) => _outcomes[(int)outcome];

    /// <summary>Starts a client; disposing the result stops it. Its requests on their way are still reported.</summary>
    /// <exception cref="ArgumentException">The client has problems; the message lists them.</exception>
    public IDisposable Add(LoadSpec spec)
    {
        var problems = spec.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join('\n', problems), nameof(spec));
        var target = LoadTarget.Parse(spec.Url)!;
        if (spec.From.StartsWith("pod/", StringComparison.Ordinal) || spec.From.StartsWith("app/", StringComparison.Ordinal)) Follow(Kinds.Pod);
        if (spec.From.StartsWith("node/", StringComparison.Ordinal) || target.Kind == LoadTargetKind.NodePort) Follow(Kinds.Node);
        if (target.Kind != LoadTargetKind.Host) Follow(Kinds.Service);
        var client = new LoadClient(_world, spec, target);
        client.Start();
        return client;
    }

    internal void Note(RequestOutcome outcome)
    {
        Ended++;
        _outcomes[(int)outcome]++;
    }

    /// <summary>Sees to it that the book knows that kind.</summary>
    private void Follow(KindInfo kind)
    {
        if (_watched.Contains(kind)) return;
        _watched.Add(kind);
        if (_system is null)
        {
            _process = _world.Executor.StartProcess("client");
            _system = SimulatedSite.SystemOf(_world, _process, "client#1");
            _world.Watch("client", _system);
            _informers = _system.ActorOf(InformerHub.PropsFor(new SimulatedKubeClient(_world, _process, "kubernetes-admin")), "informers");
        }
        var (book, informers, name) = (Book, _informers!, kind.Plural);
        _system.ActorOf(Props.Create(() => new TargetKeeper(book, informers, new[] { kind })), $"targets-{name}");
    }
}
