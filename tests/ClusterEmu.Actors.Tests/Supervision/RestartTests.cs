namespace ClusterEmu.Actors.Tests.Supervision;

/// <summary>What survives a restart and what does not.</summary>
public sealed class RestartTests() : TestKit("akka.loglevel = OFF")
{
    public sealed record Run(Action<Subject> Action);

    public sealed class Subject : ReceiveActor, IWithStash, IWithTimers
    {
        public Subject(bool keepsChildren)
        {
            KeepsChildren = keepsChildren;
            Receive<Run>(run =>
            {
                run.Action(this);
            });
            Receive<string>(text =>
            {
                Sender.Tell(text);
            });
        }

        public bool KeepsChildren { get; }

        public IStash Stash { get; set; } = null!;

        public ITimerScheduler Timers { get; set; } = null!;

        public IActorContext Ctx => Context;

        public void Change(Action configure) => BecomeStacked(configure);

        public void Register<T>(Action<T> handler) => Receive(handler);

        protected override void PreRestart(Exception reason, object message)
        {
            if (!KeepsChildren) base.PreRestart(reason, message);
        }
    }

    private IActorRef Start(bool keepsChildren = false) => Sys.ActorOf(Props.Create(() => new Subject(keepsChildren)));

    private static Run Fail() => new(_ => throw new InvalidOperationException("on purpose"));

    [Fact]
    public void TheMailboxIsKeptWithoutTheFailedMessage()
    {
        var subject = Start();
        subject.Tell(Fail());
        subject.Tell("a");
        subject.Tell(Fail());
        subject.Tell("b");
        ExpectMsg("a");
        ExpectMsg("b");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void TheReferenceAndItsPathAreKept()
    {
        var subject = Start();
        subject.Tell(new Identify(1));
        var before = ExpectMsg<ActorIdentity>().Subject;
        subject.Tell(Fail());
        subject.Tell(new Identify(2));
        var after = ExpectMsg<ActorIdentity>().Subject;
        Assert.Equal(before, after);
        Assert.Equal(before.Path.Uid, after.Path.Uid);
    }

    [Fact]
    public void StashedMessagesGoBackToTheMailboxInOrder()
    {
        var subject = Start();
        subject.Tell(new Run(s => s.Change(() =>
        {
            s.Register<string>(_ => s.Stash.Stash());
            s.Register<Run>(run => run.Action(s));
        })));
        subject.Tell("a");
        subject.Tell("b");
        subject.Tell(Fail());
        subject.Tell("c");
        ExpectMsg("a");
        ExpectMsg("b");
        ExpectMsg("c");
    }

    [Fact]
    public void TheBehaviorIsTheFirstAgain()
    {
        var subject = Start();
        subject.Tell(new Run(s => s.Change(() =>
        {
            s.Register<string>(text => s.Ctx.Sender.Tell($"changed {text}"));
            s.Register<Run>(run => run.Action(s));
        })));
        subject.Tell("a");
        ExpectMsg("changed a");
        subject.Tell(Fail());
        subject.Tell("a");
        ExpectMsg("a");
    }

    [Fact]
    public void TimersEndEvenIfTheirMessageIsQueuedAlready()
    {
        var subject = Start();
        var probe = CreateTestProbe();
        var goOn = new ManualResetEventSlim();
        subject.Tell(new Run(s =>
        {
            s.Timers.StartPeriodicTimer("t", new Run(_ => probe.Tell("tick")), TimeSpan.FromMilliseconds(1));
            goOn.Wait(TimeSpan.FromSeconds(3)); // Meanwhile ticks are queued.
            throw new InvalidOperationException("on purpose");
        }));
        Assert.False(goOn.Wait(TimeSpan.FromMilliseconds(20)));
        goOn.Set();
        subject.Tell("a");
        ExpectMsg("a");
        probe.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void WatchesAreKeptInBothDirections()
    {
        var subject = Start();
        var watched = CreateTestProbe();
        var asker = TestActor;
        subject.Tell(new Run(s => s.Ctx.WatchWith(watched, "watched died")));
        Watch(subject);
        subject.Tell(Fail());
        subject.Tell("a");
        ExpectMsg("a");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20)); // A restart is no death.
        subject.Tell(new Run(s => s.Change(() => s.Register<string>(text => asker.Tell(text)))));
        Sys.Stop(watched.Ref);
        ExpectMsg("watched died");
        Sys.Stop(subject);
        ExpectTerminated(subject);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ChildrenAreStoppedByDefaultAndRestartedIfKept(bool keeps)
    {
        var subject = Start(keeps);
        var journal = CreateTestProbe();
        subject.Tell(new Run(s => s.Ctx.Sender.Tell(s.Ctx.ActorOf(Props.Create(() => new Child(journal)), "child"))));
        var child = ExpectMsg<IActorRef>();
        journal.ExpectMsg("started");
        subject.Tell(Fail());
        journal.ExpectMsg("stopped");
        if (keeps) journal.ExpectMsg("started");
        subject.Tell(new Run(s => s.Ctx.Sender.Tell(s.Ctx.Child("child"))));
        Assert.Equal(keeps ? child : ActorRefs.Nobody, ExpectMsg<IActorRef>());
    }

    private sealed class Child(IActorRef journal) : UntypedActor
    {
        protected override void PreStart() => journal.Tell("started");

        protected override void PostStop() => journal.Tell("stopped");

        protected override void OnReceive(object message) => Unhandled(message);
    }

    [Fact]
    public void AChildsNameIsFreeOnceTheNewInstanceRuns()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Recreator(TestActor)));
        var first = ExpectMsg<IActorRef>();
        parent.Tell("fail");
        var second = ExpectMsg<IActorRef>();
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    private sealed class Recreator : ReceiveActor
    {
        public Recreator(IActorRef journal)
        {
            journal.Tell(Context.ActorOf(Props.Create(() => new Child(ActorRefs.Nobody)), "same"));
            Receive<string>(text =>
            {
                throw new InvalidOperationException(text);
            });
        }
    }
}
