using System.Diagnostics;

namespace ClusterEmu.Cli.Benchmarks;

/// <summary>One measured number.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The best of the runs.</param>
/// <param name="Unit">Per second, or bytes per actor.</param>
/// <param name="Target">What design section 3 asks for: at least so much per second, at most so many bytes.</param>
public sealed record ActorMeasurement(string Name, double Value, string Unit, double Target);

/// <summary>Measures the actor runtime: tells, asks, creations, and the memory of idle actors.</summary>
public static class ActorBenchmarks
{
    private const string PerSecond = "1/s";

    /// <summary>Runs all measurements, each <paramref name="runs"/> times, and keeps the best run of each.</summary>
    /// <param name="runs">1 or more; the first run of each also warms up.</param>
    /// <param name="idleActors">How many idle actors to hold; the design asks for 1,000,000.</param>
    public static IReadOnlyList<ActorMeasurement> Run(int runs = 3, int idleActors = 1_000_000)
    {
        var system = ActorSystem.Create("bench", ConfigurationFactory.ParseString("akka { loglevel = OFF, log-dead-letters = off }"));
        try
        {
            return
            [
                new("ping-pong, two actors, one message in flight", Best(runs, () => PingPong(system, pairs: 1, inFlight: 1, 2_000_000)), PerSecond, 0),
                new("ping-pong, two actors, 100 messages in flight", Best(runs, () => PingPong(system, 1, 100, 5_000_000)), PerSecond, 9e6),
                new("many to many, 32 pairs", Best(runs, () => PingPong(system, 32, 100, 20_000_000)), PerSecond, 20e6),
                new("asks, 32 at a time", Best(runs, () => Asks(system, 32, 1_000_000)), PerSecond, 1.5e6),
                new("creations of a named ReceiveActor", Best(runs, () => Creations(system, 200_000)), PerSecond, 200e3),
                new("idle ReceiveActor with six handlers", BytesPerIdleActor(system, idleActors), "bytes", 1024),
            ];
        }
        finally
        {
            system.Terminate().GetAwaiter().GetResult();
        }
    }

    private static double Best(int runs, Func<double> measure) => Enumerable.Range(0, runs).Max(_ => measure());

    private static double PingPong(ActorSystem system, int pairs, int inFlight, long tells)
    {
        var done = new CountdownEvent(pairs);
        var perPair = tells / pairs;
        var players = new List<IActorRef>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < pairs; i++)
        {
            var ping = system.ActorOf(Props.CreateBy(new PlayerProducer(done, perPair / 2)));
            var pong = system.ActorOf(Props.CreateBy(new PlayerProducer(null, long.MaxValue)));
            for (var m = 0; m < inFlight; m++) ping.Tell(Ball.Instance, pong);
            players.Add(ping);
            players.Add(pong);
        }

        done.Wait();
        var rate = perPair * pairs / watch.Elapsed.TotalSeconds;
        foreach (var player in players) system.Stop(player);
        return rate;
    }

    private static double Asks(ActorSystem system, int atATime, int asks)
    {
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var watch = Stopwatch.StartNew();
        var askers = Enumerable.Range(0, atATime).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < asks / atATime; i++) await echo.Ask<Ball>(Ball.Instance, Timeout.InfiniteTimeSpan);
        })).ToArray();
        Task.WaitAll(askers);
        var rate = asks / watch.Elapsed.TotalSeconds;
        system.Stop(echo);
        return rate;
    }

    private static double Creations(ActorSystem system, int actors)
    {
        var watch = Stopwatch.StartNew();
        var parent = StartChildren(system, actors);
        var rate = actors / watch.Elapsed.TotalSeconds;
        parent.GracefulStop(TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
        return rate;
    }

    private static double BytesPerIdleActor(ActorSystem system, int actors)
    {
        var before = LiveBytes();
        var parent = StartChildren(system, actors);
        var bytes = LiveBytes() - before;
        parent.GracefulStop(TimeSpan.FromMinutes(5)).GetAwaiter().GetResult();
        return (double)bytes / actors;
    }

    /// <summary>Starts named children of one parent and waits until each has handled one message.</summary>
    private static IActorRef StartChildren(ActorSystem system, int actors)
    {
        var done = new CountdownEvent(actors);
        var parent = system.ActorOf(Props.Create(() => new Parent(new SixProducer(done))));
        parent.Tell(actors);
        done.Wait();
        return parent;
    }

    private static long LiveBytes()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class Ball
    {
        public static readonly Ball Instance = new();
    }

    private sealed class Player : UntypedActor
    {
        private readonly CountdownEvent? _done;
        private long _left;

        public Player(CountdownEvent? done, long rounds)
        {
            _done = done;
            _left = rounds;
        }

        protected override void OnReceive(object message)
        {
            if (--_left > 0) Sender.Tell(message, Self);
            else if (_left == 0) _done?.Signal();
        }
    }

    private sealed class PlayerProducer(CountdownEvent? done, long rounds) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Player);

        public ActorBase Produce() => new Player(done, rounds);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo()
        {
            Receive<Ball>(ball =>
            {
                Sender.Tell(ball, Self);
            });
        }
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(IIndirectActorProducer producer)
        {
            var props = Props.CreateBy(producer);
            Receive<int>(count =>
            {
                for (var i = 0; i < count; i++) Context.ActorOf(props, $"child-{i}").Tell(Ball.Instance, Self);
            });
        }
    }

    private sealed class SixProducer(CountdownEvent done) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Six);

        public ActorBase Produce() => new Six(done);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class Six : ReceiveActor
    {
        private readonly CountdownEvent _done;
        private long _handled;

        public Six(CountdownEvent done)
        {
            _done = done;
            Receive<Ball>(_ =>
            {
                _handled++;
                _done.Signal();
            });
            Receive<string>(_ =>
            {
                _handled++;
            });
            Receive<int>(number =>
            {
                _handled += number;
            });
            Receive<long>(number =>
            {
                _handled += number;
            });
            Receive<Uri>(_ =>
            {
                _handled--;
            });
            Receive<Version>(_ =>
            {
                _handled -= 2;
            });
        }
    }
}
