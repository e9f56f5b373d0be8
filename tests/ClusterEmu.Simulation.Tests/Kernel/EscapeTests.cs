using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation.Tests;

/// <summary>What leaves the simulation's thread fails the run at its next step, whichever way it took.</summary>
public sealed class EscapeTests
{
    public static TheoryData<string, string> Ways() => new()
    {
        { "task", "work began with the simulation's execution context" },
        { "thread", "work began with the simulation's execution context" },
        { "tell", "a message was sent to akka://test/user/deserter/other on another thread" },
        { "tell-busy", "a message was sent to akka://test/user/deserter/other on another thread" },
        { "tell-self", "a message was sent to akka://test/user/deserter on another thread" },
        { "tell-gone", "a message was sent to akka://test/user/gone on another thread" },
        { "tell-dead-letters", "a message was sent to akka://test/deadLetters on another thread" },
        { "stop", "a message was sent to akka://test/user/deserter/other on another thread" },
        { "draw", "a random number was drawn" },
        { "timer", "the clock was read" }, // To know when it is due.
        { "clock", "the clock was read" },
        { "random", "a random stream was taken" },
        { "uid", "a UID was drawn" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void AnActorThatLeavesTheSimulation_FailsTheNextStep_WithItsNameMessageAndStep(string way, string expected)
    {
        var (executor, actor) = Started();
        actor.Tell(new Leave(way), ActorRefs.NoSender);
        actor.Tell("next", ActorRefs.NoSender);
        var escaped = Assert.Throws<SimulationEscapedException>(() => executor.RunUntil(1_000_000));
        Assert.Contains(expected, escaped.Message, StringComparison.Ordinal);
        Assert.Contains("akka://test/user/deserter was handling Leave", escaped.Message, StringComparison.Ordinal);
        Assert.Contains($"at step {executor.Steps}", escaped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnActorThatStays_IsLeftAlone()
    {
        var (executor, actor) = Started();
        actor.Tell(new Leave("nowhere"), ActorRefs.NoSender);
        actor.Tell("next", ActorRefs.NoSender);
        executor.RunUntil(1_000_000);
        Assert.Equal(1_000_000, executor.NowMicroseconds);
    }

    [Fact]
    public void AnAnswerFromAnotherThread_FailsTheNextStep()
    {
        var (executor, actor) = Started();
        var answer = actor.Ask<string>(new Question());
        actor.Tell("next", ActorRefs.NoSender);
        var escaped = Assert.Throws<SimulationEscapedException>(() => executor.RunUntil(1_000_000));
        Assert.Contains("a message was sent to akka://test/temp/", escaped.Message, StringComparison.Ordinal);
        Assert.Contains("akka://test/user/deserter was handling Question", escaped.Message, StringComparison.Ordinal);
        Assert.True(answer.IsCompleted);
    }

    [Fact]
    public void AMessageFromAnotherSimulation_OnTheSameThread_FailsTheNextStep()
    {
        var (executor, actor) = Started();
        var another = new SimulatedExecutor(_ => 0);
        another.At(1, () => actor.Tell("from another simulation", ActorRefs.NoSender));
        executor.At(1, () => another.RunUntil(2));
        var escaped = Assert.Throws<SimulationEscapedException>(() => executor.RunUntil(1_000_000));
        Assert.Contains("a message was sent to akka://test/user/deserter from outside of its run", escaped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunInWhichAnActorLeaves_IsAFailedSeed_ThatNamesTheEscape()
    {
        var planted = Some.Short with
        {
            World = Some.Short.World with
            {
                Composition = new Composition
                {
                    Actors = static (_, _, props) => props.Type.Name != "NodeLeaseKeeper" ? props : FilteredActor.PropsFor(props, static () => static (_, message, deliver) =>
                    {
                        Elsewhere(static () => { }, flow: true);
                        deliver(message);
                    }),
                },
            },
        };
        var violation = SimulationRun.Run(planted, 1).Violation;
        Assert.Equal("escape", violation?.Invariant);
        Assert.Contains("/lease was handling ", violation!.What, StringComparison.Ordinal);
    }

    private static (SimulatedExecutor Executor, IActorRef Actor) Started()
    {
        var executor = new SimulatedExecutor(_ => 0);
        var process = executor.StartProcess("p");
        var system = ActorSystem.Create("test", process.Runtime.And(new DeterminismSetup(new SimulatedDeterminism(executor, process, 1, "p#1"))));
        var gone = system.ActorOf(Props.Create(() => new Listener()), "gone");
        system.Stop(gone);
        var actor = system.ActorOf(Props.Create(() => new Deserter(gone)), "deserter");
        executor.RunUntil(0);
        return (executor, actor);
    }

    private static void Elsewhere(Action work, bool flow)
    {
        var thread = new Thread(() => work());
        if (flow) thread.Start();
        else thread.UnsafeStart();
        thread.Join();
    }

    private static void OnThePool()
    {
        using var done = new ManualResetEventSlim();
        _ = Task.Run(done.Set);
        done.Wait();
    }

    private sealed record Leave(string Way);

    private sealed record Question;

    private sealed class Listener : ReceiveActor
    {
        public Listener() => ReceiveAny(_ => { });
    }

    private sealed class Deserter : ReceiveActor
    {
        public Deserter(IActorRef gone)
        {
            var (self, system) = (Self, Context.System);
            var other = Context.ActorOf(Props.Create(() => new Listener()), "other");
            var determinism = Determinism.For(system);
            var numbers = determinism.Stream("mine");
            Receive<Leave>(leave =>
            {
                switch (leave.Way)
                {
                    case "task": OnThePool(); break;
                    case "thread": Elsewhere(static () => { }, flow: true); break;
                    case "tell": Elsewhere(() => other.Tell("from elsewhere", ActorRefs.NoSender), flow: false); break;
                    case "tell-busy":
                        other.Tell("now it is queued", self);
                        Elsewhere(() => other.Tell("from elsewhere", ActorRefs.NoSender), flow: false);
                        break;
                    case "tell-self": Elsewhere(() => self.Tell("from elsewhere", ActorRefs.NoSender), flow: false); break;
                    case "tell-gone": Elsewhere(() => gone.Tell("from elsewhere", ActorRefs.NoSender), flow: false); break;
                    case "tell-dead-letters": Elsewhere(() => system.DeadLetters.Tell("from elsewhere", ActorRefs.NoSender), flow: false); break;
                    case "stop":
                        other.Tell("now it is queued", self);
                        Elsewhere(() => system.Stop(other), flow: false);
                        break;
                    case "draw": Elsewhere(() => _ = numbers.Next(), flow: false); break;
                    case "timer": Elsewhere(() => system.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), self, "late", ActorRefs.NoSender), flow: false); break;
                    case "clock": Elsewhere(() => _ = determinism.UtcNow, flow: false); break;
                    case "random": Elsewhere(() => _ = determinism.Stream("numbers"), flow: false); break;
                    case "uid": Elsewhere(() => _ = determinism.NewUid(), flow: false); break;
                }
            });
            Receive<Question>(_ =>
            {
                var asker = Sender;
                Elsewhere(() => asker.Tell("from elsewhere", ActorRefs.NoSender), flow: false);
            });
            ReceiveAny(_ => { });
        }
    }
}
