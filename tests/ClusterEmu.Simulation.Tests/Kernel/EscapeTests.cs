using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation.Tests;

/// <summary>What leaves the simulation's thread fails the run at its next step, whichever way it took.</summary>
public sealed class EscapeTests
{
    public static TheoryData<string, string> Ways() => new()
    {
        { "task", "work began with the simulation's execution context" },
        { "thread", "work began with the simulation's execution context" },
        { "tell", "a message was sent" },
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
        var actor = system.ActorOf(Props.Create(() => new Deserter()), "deserter");
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

    private sealed class Listener : ReceiveActor
    {
        public Listener() => ReceiveAny(_ => { });
    }

    private sealed class Deserter : ReceiveActor
    {
        public Deserter()
        {
            var (self, system) = (Self, Context.System);
            var other = Context.ActorOf(Props.Create(() => new Listener()), "other");
            var determinism = Determinism.For(system);
            Receive<Leave>(leave =>
            {
                switch (leave.Way)
                {
                    case "task": OnThePool(); break;
                    case "thread": Elsewhere(static () => { }, flow: true); break;
                    case "tell": Elsewhere(() => other.Tell("from elsewhere", ActorRefs.NoSender), flow: false); break;
                    case "timer": Elsewhere(() => system.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), self, "late", ActorRefs.NoSender), flow: false); break;
                    case "clock": Elsewhere(() => _ = determinism.UtcNow, flow: false); break;
                    case "random": Elsewhere(() => _ = determinism.Stream("numbers"), flow: false); break;
                    case "uid": Elsewhere(() => _ = determinism.NewUid(), flow: false); break;
                }
            });
            ReceiveAny(_ => { });
        }
    }
}
