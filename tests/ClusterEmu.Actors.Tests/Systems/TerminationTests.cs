namespace ClusterEmu.Actors.Tests.Systems;

public sealed class TerminationTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Branch : UntypedActor
    {
        private readonly IActorRef _journal;

        public Branch(IActorRef journal, int depth)
        {
            _journal = journal;
            if (depth == 0) return;
            for (var i = 0; i < 2; i++) Context.ActorOf(Props.Create(() => new Branch(journal, depth - 1)), $"{i}");
        }

        protected override void PostStop() => _journal.Tell(Self.Path.ToStringWithoutAddress());

        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private static void AssertChildrenFirst(IReadOnlyCollection<object> stopped)
    {
        var order = stopped.Cast<string>().ToList();
        Assert.All(order, path => Assert.All(order.Where(p => p.StartsWith(path + "/", StringComparison.Ordinal)),
            child => Assert.True(order.IndexOf(child) < order.IndexOf(path), $"{path} stopped before {child}")));
    }

    [Fact]
    public void ATreeStopsFromItsLeaves()
    {
        var root = Sys.ActorOf(Props.Create(() => new Branch(TestActor, 3)), "root");
        Watch(root);
        root.Tell("started");
        ExpectMsg("started");
        Sys.Stop(root);
        AssertChildrenFirst(ReceiveN(15));
        ExpectTerminated(root);
    }

    [Fact]
    public async Task ASystemStopsItsActorsAndThenRunsItsCallbacksLastFirst()
    {
        var system = ActorSystem.Create("ending", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        var order = new List<string>();
        system.RegisterOnTermination(() => order.Add("registered first"));
        system.RegisterOnTermination(() => order.Add("registered last"));
        var root = system.ActorOf(Props.Create(() => new Branch(TestActor, 2)), "root");
        Assert.Equal("up", await root.Ask<string>("up", TimeSpan.FromSeconds(5)));
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(5));
        AssertChildrenFirst(ReceiveN(7));
        Assert.Equal(["registered last", "registered first"], order);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Props.Create(() => new Branch(TestActor, 0))));
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task ManySystemsThatAreStoppedAtOnceAllEnd()
    {
        var systems = Enumerable.Range(0, 50).Select(i => ActorSystem.Create($"short-{i}", ConfigurationFactory.ParseString("akka.loglevel = OFF")));
        await Task.WhenAll(systems.Select(system => system.Terminate())).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task AnAskDoesNotOutliveItsSystem()
    {
        var system = ActorSystem.Create("asked", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        var deaf = system.ActorOf(Props.Create(() => new Branch(ActorRefs.Nobody, 0)));
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(5));
        var late = deaf.Ask<string>("anyone?", TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAsync<AskTimeoutException>(() => late.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    private sealed class Escalating : ReceiveActor
    {
        public Escalating()
        {
            Context.ActorOf(Props.Create(() => new Branch(ActorRefs.Nobody, 0)), "child").Tell(Kill.Instance);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);
    }

    [Fact]
    public async Task AnActorThatKeepsFailingIsRestartedByTheGuardianWithoutEndingTheSystem()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Escalating()), "escalating");
        Watch(actor);
        await ExpectTerminatedAsync(actor); // ActorKilledException is not restarted.
        Assert.False(Sys.WhenTerminated.IsCompleted);
    }
}
