namespace ClusterEmu.Actors.Tests.Embedded;

/// <summary>The seams of the embedded runtime: the same actors on one thread, in virtual time, in an order chosen by a seed.</summary>
public sealed class VirtualTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private sealed class Script(Action<Script> start, Action<Script, object> handle) : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        public IActorContext Ctx => Context;

        public IActorRef From => Sender;

        protected override void PreStart() => start(this);

        protected override void OnReceive(object message) => handle(this, message);
    }

    private sealed class Producer(Action<Script> start, Action<Script, object> handle) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Script);

        public ActorBase Produce() => new Script(start, handle);

        public void Release(ActorBase actor)
        {
        }
    }

    private static Props Acting(Action<Script> start, Action<Script, object> handle) => Props.CreateBy(new Producer(start, handle));

    [Fact]
    public void TimersRunInVirtualTime()
    {
        var world = new VirtualSystem();
        var heard = new List<(string, double)>();
        world.Sys.ActorOf(Acting(
            s =>
            {
                s.Timers.StartSingleTimer("hour", "an hour", TimeSpan.FromHours(1));
                s.Timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20));
            },
            (_, message) => heard.Add(((string)message, world.Now.TotalMinutes))));
        world.Pass(TimeSpan.FromMinutes(70));
        Assert.Equal([("tick", 10), ("tick", 30), ("tick", 50), ("an hour", 60), ("tick", 70)], heard);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 1, 10, 0, TimeSpan.Zero), world.Sys.Scheduler.Now);
    }

    [Fact]
    public void ACancelledOrReplacedTimersQueuedMessageIsNotDelivered()
    {
        var world = new VirtualSystem();
        var heard = new List<object>();
        var actor = world.Sys.ActorOf(Acting(
            s =>
            {
                s.Timers.StartSingleTimer("first", "first", Second);
                s.Timers.StartSingleTimer("cancelled", "cancelled", Second);
                s.Timers.StartSingleTimer("replaced", "old", Second);
            },
            (s, message) =>
            {
                heard.Add(message);
                if (message is not "first") return;
                s.Timers.Cancel("cancelled"); // All three messages are in the mailbox by now.
                s.Timers.StartSingleTimer("replaced", "new", Second);
                heard.Add(s.Timers.IsTimerActive("first"));
                Assert.Equal(s.Ctx.System.DeadLetters, s.From);
            }));
        world.Pass(Second * 3);
        Assert.Equal(["first", false, "new"], heard);
        Assert.NotNull(actor);
    }

    [Fact]
    public void TimersOfAFormerLifeAreNotDelivered()
    {
        var world = new VirtualSystem();
        var heard = new List<object>();
        var lives = 0;
        world.Sys.ActorOf(Acting(
            s =>
            {
                lives++;
                s.Timers.StartSingleTimer("fail", "fail", Second);
                s.Timers.StartSingleTimer("same key", $"life {lives}", Second);
            },
            (_, message) =>
            {
                heard.Add(message);
                if (message is "fail" && lives == 1) throw new InvalidOperationException("on purpose");
            }));
        world.Pass(Second * 5);
        Assert.Equal(["fail", "fail", "life 2"], heard);
    }

    [Fact]
    public void ATimersSenderCanBeChosenAndATimerMayCarryAPoisonPill()
    {
        var world = new VirtualSystem();
        var heard = new List<object>();
        var other = world.Sys.ActorOf(Acting(_ => { }, (_, message) => heard.Add(message)), "other");
        world.Sys.ActorOf(Acting(
            s =>
            {
                s.Ctx.Watch(s.Ctx.ActorOf(Acting(
                    child =>
                    {
                        child.Timers.StartSingleTimer("a", "a", Second, other);
                        child.Timers.StartSingleTimer("end", PoisonPill.Instance, Second * 2);
                    },
                    (child, message) => child.From.Tell(message))));
            },
            (_, message) => heard.Add(((Terminated)message).ExistenceConfirmed)));
        world.Pass(Second * 3);
        Assert.Equal(["a", true], heard);
    }

    [Fact]
    public void ReceiveTimeoutComesWhenNoMessageDid()
    {
        var world = new VirtualSystem();
        var heard = new List<(string, double)>();
        var actor = world.Sys.ActorOf(Acting(
            s => s.Ctx.SetReceiveTimeout(Second * 10),
            (s, message) =>
            {
                heard.Add((message.GetType().Name, world.Now.TotalSeconds));
                if (heard.Count == 3) s.Ctx.SetReceiveTimeout(null);
            }));
        world.Pass(Second * 6);
        actor.Tell("a");
        world.Pass(Second * 6);
        actor.Tell(new Quiet());
        world.Pass(Second * 60);
        Assert.Equal([("String", 6), ("Quiet", 12), ("ReceiveTimeout", 16)], heard);
    }

    private sealed class Quiet : INotInfluenceReceiveTimeout;

    [Fact]
    public void RetriesAreCountedWithinTheirWindow()
    {
        var world = new VirtualSystem();
        var lives = 0;
        IActorRef? child = null;
        var strategy = new OneForOneStrategy(2, Second * 10, _ => Directive.Restart);
        world.Sys.ActorOf(Acting(
            s => child = s.Ctx.ActorOf(Acting(_ => lives++, (_, _) => throw new InvalidOperationException("on purpose"))),
            (_, _) => { }).WithSupervisorStrategy(strategy));
        world.Settle();
        foreach (var (wait, expected) in ((int, int)[])[(0, 2), (9, 3), (2, 4), (9, 5), (1, 5), (60, 5)])
        {
            world.Pass(Second * wait);
            child!.Tell("fail");
            world.Settle();
            Assert.Equal(expected, lives); // A window opens with the first failure, and anew with the first after its end.
        }
    }

    [Fact]
    public void PipedTasksArriveWithinTheStepThatCompletesThem()
    {
        var world = new VirtualSystem();
        var work = new TaskCompletionSource<string>();
        var heard = new List<object>();
        world.Sys.ActorOf(Acting(
            s =>
            {
                Task.FromResult("complete").PipeTo(s.Ctx.Self);
                work.Task.PipeTo(s.Ctx.Self);
            },
            (_, message) => heard.Add(message)));
        world.Settle();
        Assert.Equal(["complete"], heard);
        work.SetResult("later");
        world.Settle();
        Assert.Equal(["complete", "later"], heard);
    }

    [Fact]
    public void AnAskCompletesAndTimesOutInVirtualTime()
    {
        var world = new VirtualSystem();
        var actor = world.Sys.ActorOf(Acting(_ => { }, (s, message) =>
        {
            if (message is "question") s.From.Tell("answer");
        }));
        var order = new List<string>();
        var answered = actor.Ask<string>("question", Second);
        answered.GetAwaiter().OnCompleted(() => order.Add("answered"));
        var silent = actor.Ask<string>("silence", Second);
        silent.GetAwaiter().OnCompleted(() => order.Add("timed out"));
        world.Settle();
        Assert.Equal(["answered"], order);
        world.Pass(Second);
        Assert.Equal(["answered", "timed out"], order);
        Assert.IsType<AskTimeoutException>(silent.Exception!.InnerException);
    }

    [Fact]
    public void OneSeedGivesOneOrderAndAnotherSeedAnother()
    {
        static IReadOnlyList<string> Run(int seed)
        {
            var world = new VirtualSystem(seed);
            var actors = Enumerable.Range(0, 5)
                .Select(i => world.Sys.ActorOf(Acting(_ => { }, (s, message) =>
                {
                    if (message is int n and > 0) s.Ctx.Self.Tell(n - 1);
                }), $"actor-{i}")).ToArray();
            foreach (var actor in actors) actor.Tell(10);
            world.Settle();
            return world.Trace;
        }

        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));
    }

    [Fact]
    public void ASystemEndsOnItsOwnThread()
    {
        var world = new VirtualSystem();
        world.Sys.ActorOf(Acting(_ => { }, (_, _) => { }));
        var end = world.Sys.Terminate();
        Assert.False(end.IsCompleted);
        world.Settle();
        Assert.True(end.IsCompletedSuccessfully);
    }
}
