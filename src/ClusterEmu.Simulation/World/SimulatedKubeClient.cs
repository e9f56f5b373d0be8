using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>The API as a process sees it over its link to the control plane, as <see cref="HttpKubeClient"/> does live.</summary>
/// <remarks>
/// No answer within 10 s, a refused connection and a broken one give code 0; the request may have been carried out all the same. A link
/// that is cut keeps what was sent until it heals; after 10 s of silence (found by a probe each 10 s) the client gives its watches up.
/// </remarks>
internal sealed class SimulatedKubeClient : IKubeClient
{
    public const string Server = "control-plane";
    private const long RequestTimeout = 10_000_000;
    private const long ProbePeriod = 10_000_000;
    private const long ProbeRetry = 1_000_000;
    private const long ProbePatience = 10_000_000;
    private const long ConnectPause = 20_000;

    private readonly SimulatedProcess _process;
    private readonly long _connectPatience;
    private readonly Queue<LinkedCall> _unanswered = new();
    private readonly LinkedList<LinkedWatch> _watches = [];
    private bool _expiring;
    private bool _probing;
    private long? _silentSince;

    /// <param name="world">Where the link and the server are.</param>
    /// <param name="process">Whose client it is: what arrives after its end is lost.</param>
    /// <param name="user">In whose name it asks.</param>
    /// <param name="connectPatience">How long a refused connection is tried again, in microseconds. Default: 5 s, as the cluster's own processes do.</param>
    public SimulatedKubeClient(SimulatedWorld world, SimulatedProcess process, string user, long connectPatience = 5_000_000)
    {
        World = world;
        User = user;
        _process = process;
        _connectPatience = connectPatience;
    }

    public SimulatedWorld World { get; }

    public string User { get; }

    public string Site => _process.Name;

    public bool IsAlive => _process.IsAlive;

    public void Send(ApiCall call, IActorRef replyTo)
    {
        var linked = new LinkedCall(this, call, replyTo, World.NextStream());
        _unanswered.Enqueue(linked);
        if (!_expiring) ExpireAt(linked.AskedAt + RequestTimeout);
        if (World.Events.ApiAsked.IsHeard) World.Events.ApiAsked.Publish(new ApiAsked(linked.Id, Site, call));
        linked.Start();
    }

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        var watch = new LinkedWatch(this, call, subscriber, World.NextStream());
        _watches.AddLast(watch.Node);
        if (!_probing) ProbeAt(World.Now + ProbePeriod);
        watch.Start();
        return watch;
    }

    public void Tell(IActorRef target, object message)
    {
        if (IsAlive) target.Tell(message, ActorRefs.NoSender);
    }

    public void Forget(LinkedWatch watch) => _watches.Remove(watch.Node);

    /// <summary>Finds the server's port, waiting for it as the client's patience allows.</summary>
    /// <param name="since">When the connection was first tried.</param>
    /// <param name="found">Called with the port.</param>
    /// <param name="refused">Called if there is none.</param>
    /// <param name="wanted">Asked before each new try: false ends it without a word.</param>
    public void Connect(long since, Action<ServerPort> found, Action refused, Func<bool> wanted)
    {
        if (!wanted()) return;
        if (World.ControlPlane.Port is { } port) found(port);
        else if (World.Now - since >= _connectPatience) refused();
        else World.Executor.At(World.Now + ConnectPause, () => Connect(since, found, refused, wanted));
    }

    private void ExpireAt(long due)
    {
        _expiring = true;
        World.Executor.At(due, () =>
        {
            _expiring = false;
            while (_unanswered.TryPeek(out var oldest))
            {
                if (!oldest.IsDone && oldest.AskedAt + RequestTimeout > World.Now)
                {
                    ExpireAt(oldest.AskedAt + RequestTimeout);
                    return;
                }
                _unanswered.Dequeue();
                oldest.Finish(LinkedCall.Unanswered(oldest.Call, "The request took longer than 10 s."));
            }
        });
    }

    /// <summary>A cut that nothing is sent over is found by a probe, as HTTP/2 pings do.</summary>
    private void ProbeAt(long due)
    {
        _probing = true;
        World.Executor.At(due, () =>
        {
            _probing = false;
            if (_watches.Count == 0) return;
            if (!IsAlive)
            {
                foreach (var watch in _watches.ToList()) watch.Break("");
                return;
            }
            if (World.Links.Travel(Site, Server) is not null && World.Links.Travel(Server, Site) is not null)
            {
                _silentSince = null;
                ProbeAt(World.Now + ProbePeriod);
                return;
            }
            _silentSince ??= World.Now;
            if (World.Now - _silentSince >= ProbePatience)
            {
                _silentSince = null;
                foreach (var watch in _watches.ToList()) watch.Break("The connection to the API server is dead.");
                return;
            }
            ProbeAt(World.Now + ProbeRetry);
        });
    }
}
