namespace ClusterEmu.Actors.Tests.Supervision;

public sealed class SupervisionTests() : TestKit("akka.loglevel = OFF")
{
    public sealed record Fail(Exception Cause);

    /// <summary>Counts messages and tells the journal which hook ran.</summary>
    private sealed class Worker : ReceiveActor
    {
        private readonly IActorRef _journal;
        private int _count;

        public Worker(IActorRef journal)
        {
            _journal = journal;
            Receive<string>(_ =>
            {
                Sender.Tell(++_count);
            });
            Receive<Fail>(fail =>
            {
                throw fail.Cause;
            });
        }

        protected override void PreRestart(Exception reason, object message)
        {
            _journal.Tell($"{Self.Path.Name} restarts");
            base.PreRestart(reason, message);
        }

        protected override void PostStop() => _journal.Tell($"{Self.Path.Name} stopped");
    }

    private sealed class Supervisor : ReceiveActor
    {
        private readonly SupervisorStrategy _strategy;

        public Supervisor(SupervisorStrategy strategy, IActorRef journal)
        {
            _strategy = strategy;
            Receive<string>(name =>
            {
                Sender.Tell(Context.ActorOf(Props.Create(() => new Worker(journal)), name));
            });
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;
    }

    private IActorRef Start(SupervisorStrategy strategy, string name, IActorRef? supervisor = null)
    {
        supervisor ??= Sys.ActorOf(Props.Create(() => new Supervisor(strategy, TestActor)));
        supervisor.Tell(name);
        return ExpectMsg<IActorRef>();
    }

    private static OneForOneStrategy Always(Directive directive) => new(_ => directive);

    private static Fail Failing() => new(new InvalidOperationException("on purpose"));

    [Fact]
    public void ResumeKeepsTheState()
    {
        var worker = Start(Always(Directive.Resume), "w");
        worker.Tell("a");
        worker.Tell(Failing());
        worker.Tell("b");
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void RestartMakesANewInstanceAndKeepsTheMailbox()
    {
        var worker = Start(Always(Directive.Restart), "w");
        worker.Tell("a");
        worker.Tell(Failing());
        worker.Tell("b");
        ExpectMsg(1);
        ExpectMsg("w restarts");
        ExpectMsg("w stopped");
        ExpectMsg(1);
    }

    [Fact]
    public void StopEndsTheChild()
    {
        var worker = Start(Always(Directive.Stop), "w");
        Watch(worker);
        worker.Tell(Failing());
        ExpectMsg("w stopped");
        ExpectTerminated(worker);
    }

    [Fact]
    public void EscalateMakesTheFailureTheParentsOwn()
    {
        var supervisor = Sys.ActorOf(Props.Create(() => new Supervisor(Always(Directive.Escalate), TestActor)));
        var worker = Start(Always(Directive.Escalate), "w", supervisor);
        Watch(worker);
        worker.Tell(Failing());
        ExpectMsg("w stopped"); // The guardian restarts the parent, whose PreRestart stops its children.
        ExpectTerminated(worker);
        Assert.NotEqual(worker, Start(Always(Directive.Escalate), "w", supervisor));
    }

    public static TheoryData<Exception, string> Defaults => new()
    {
        { new InvalidOperationException("any"), "w restarts" },
        { new ActorKilledException("Kill"), "w stopped" },
        { new ActorInitializationException("init"), "w stopped" },
        { new DeathPactException(ActorRefs.Nobody), "w stopped" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void TheDefaultStrategyRestartsUnlessTheActorCannotLive(Exception cause, string expected)
    {
        var worker = Start(SupervisorStrategy.DefaultStrategy, "w");
        worker.Tell(new Fail(cause));
        ExpectMsg(expected);
    }

    [Fact]
    public void KillFailsTheActor()
    {
        var worker = Start(Always(Directive.Restart), "w");
        worker.Tell(Kill.Instance);
        ExpectMsg("w restarts");
    }

    [Fact]
    public void RetriesAreCountedPerChildAndPastThemTheChildStops()
    {
        var strategy = new OneForOneStrategy(2, (TimeSpan?)null, _ => Directive.Restart);
        var supervisor = Sys.ActorOf(Props.Create(() => new Supervisor(strategy, TestActor)));
        var a = Start(strategy, "a", supervisor);
        var b = Start(strategy, "b", supervisor);
        for (var i = 0; i < 2; i++)
        {
            a.Tell(Failing());
            ExpectMsg("a restarts");
            ExpectMsg("a stopped");
        }

        a.Tell(Failing());
        ExpectMsg("a stopped");
        b.Tell(Failing());
        ExpectMsg("b restarts");
    }

    [Fact]
    public void NoRetriesMeansStop()
    {
        var worker = Start(new OneForOneStrategy(0, (TimeSpan?)null, _ => Directive.Restart), "w");
        worker.Tell(Failing());
        ExpectMsg("w stopped");
    }

    [Fact]
    public void AllForOneRestartsTheSiblingsToo()
    {
        var strategy = new AllForOneStrategy(_ => Directive.Restart);
        var supervisor = Sys.ActorOf(Props.Create(() => new Supervisor(strategy, TestActor)));
        var a = Start(strategy, "a", supervisor);
        var b = Start(strategy, "b", supervisor);
        b.Tell("x");
        ExpectMsg(1);
        a.Tell(Failing());
        ExpectMsgAllOf("a restarts", "a stopped", "b restarts", "b stopped");
        b.Tell("x");
        ExpectMsg(1);
    }

    [Fact]
    public void AllForOneStopsTheSiblingsToo()
    {
        var strategy = new AllForOneStrategy(_ => Directive.Stop);
        var supervisor = Sys.ActorOf(Props.Create(() => new Supervisor(strategy, TestActor)));
        var a = Start(strategy, "a", supervisor);
        Start(strategy, "b", supervisor);
        a.Tell(Failing());
        ExpectMsgAllOf("a stopped", "b stopped");
    }

    [Fact]
    public void TheStrategyOfPropsWinsOverTheActorsOwn()
    {
        var props = Props.Create(() => new Supervisor(Always(Directive.Stop), TestActor)).WithSupervisorStrategy(Always(Directive.Resume));
        var worker = Start(Always(Directive.Stop), "w", Sys.ActorOf(props));
        worker.Tell(Failing());
        worker.Tell("a");
        ExpectMsg(1);
    }

    [Fact]
    public void ADeciderPicksByTheFirstTypeThatFits()
    {
        var decider = Decider.From(
            Directive.Escalate,
            KeyValuePair.Create(typeof(ArgumentNullException), Directive.Resume),
            KeyValuePair.Create(typeof(ArgumentException), Directive.Stop));
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentOutOfRangeException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException()));
    }

    [Fact]
    public void FailuresAreLogged()
    {
        var system = ActorSystem.Create("logs", ConfigurationFactory.ParseString("akka.loglevel = INFO").WithFallback(DefaultConfig));
        try
        {
            var worker = system.ActorOf(Props.Create(() => new Worker(TestActor)), "w");
            CreateEventFilter(system).Exception<InvalidOperationException>("on purpose", source: "/user/w").ExpectOne(() => worker.Tell(Failing()));
        }
        finally
        {
            Shutdown(system);
        }
    }
}
