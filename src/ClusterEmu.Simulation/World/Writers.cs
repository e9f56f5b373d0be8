using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>Clients that create, update, patch and delete ConfigMaps, Services and Deployments at random, all on the same few names, and watch them.</summary>
/// <remarks>They take every answer as it comes: conflicts and errors are part of the game. What must hold is up to the invariants.</remarks>
public sealed class Writers
{
    private readonly SimulatedWorld _world;
    private readonly List<IActorRef> _actors = [];

    internal Writers(SimulatedWorld world) => _world = world;

    /// <summary>Answers so far, successes and failures.</summary>
    public long Answers { get; internal set; }

    /// <summary>Writes that were acknowledged so far.</summary>
    public long Acknowledged { get; internal set; }

    /// <summary>Watch events so far.</summary>
    public long Events { get; internal set; }

    /// <summary>Begins. Once per run; the random numbers are those of streams called <c>writers/…</c>.</summary>
    /// <exception cref="InvalidOperationException">They run already.</exception>
    public void Start(WriterOptions? options = null)
    {
        if (_actors.Count > 0) throw new InvalidOperationException("The writers run already: stop them first.");
        var chosen = options ?? new WriterOptions();
        for (var number = 1; number <= chosen.Count; number++)
        {
            var (world, name) = (_world, $"writer-{number}");
            _actors.Add(world.ClientSystem.ActorOf(Props.Create(() => new Writer(world, chosen, name)), name));
            foreach (var kind in RandomWrites.Kinds)
            {
                var watcher = $"{name}-watches-{kind.Plural}";
                _actors.Add(world.ClientSystem.ActorOf(Props.Create(() => new WatchLoop(world, kind, chosen.Namespace, watcher, null, null)), watcher));
            }
            var (red, one) = ($"{name}-watches-red", $"{name}-watches-w-1");
            _actors.Add(world.ClientSystem.ActorOf(Props.Create(() => new WatchLoop(world, Api.Kinds.ConfigMap, chosen.Namespace, red, "color=red", null)), red));
            _actors.Add(world.ClientSystem.ActorOf(Props.Create(() => new WatchLoop(world, Api.Kinds.ConfigMap, chosen.Namespace, one, null, "metadata.name=w-1")), one));
        }
    }

    /// <summary>Ends all writing. The watches go on, so that they can be held against the store once it is quiet.</summary>
    public void Stop()
    {
        foreach (var actor in _actors) actor.Tell(new StopWriting(), ActorRefs.NoSender);
    }

    internal sealed record StopWriting;

    private sealed class Writer : ReceiveActor, IWithTimers
    {
        private const int MaxUnderway = 16;
        private readonly SimulatedWorld _world;
        private readonly RandomWrites _writes;
        private readonly int _pause;
        private bool _stopped;
        private int _underway;

        public Writer(SimulatedWorld world, WriterOptions options, string name)
        {
            _world = world;
            _pause = Math.Max(2_000_000 / Math.Clamp(options.PerSecond, 1, 1000), 1);
            _writes = new RandomWrites(world.Stream($"writers/{name}"), options, name);
            Receive<Tick>(_ => { Act(); });
            Receive<ApiReply>(reply => { Take(reply); });
            Receive<StopWriting>(_ => { _stopped = true; });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Rest();

        private void Rest() => Timers.StartSingleTimer("tick", new Tick(), TimeSpan.FromMicroseconds(_writes.Draw(_pause)));

        private void Act()
        {
            if (_stopped) return;
            if (_underway < MaxUnderway) Send(_writes.Next());
            Rest();
        }

        private void Take(ApiReply reply)
        {
            _underway--;
            _world.Writers.Answers++;
            if (reply.Ok && reply.Call.Verb is not (ApiVerb.Get or ApiVerb.List)) _world.Writers.Acknowledged++;
            if (!_stopped && _writes.After(reply) is { } next) Send(next);
        }

        private void Send(ApiCall call)
        {
            _underway++;
            _world.Client.Send(call, Self);
        }

        private sealed record Tick;
    }
}
