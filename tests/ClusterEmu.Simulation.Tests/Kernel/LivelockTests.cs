namespace ClusterEmu.Simulation.Tests;

/// <summary>Actors that keep one another busy without time moving on end the run, and the report says who they are.</summary>
public sealed class LivelockTests
{
    [Fact]
    public void ActorsThatAnswerEachOtherAtOnce_EndTheRun_WhichNamesThemAndTheirMessages()
    {
        var (executor, system) = Started();
        var (one, other) = (system.ActorOf(Props.Create(() => new Echo()), "one"), system.ActorOf(Props.Create(() => new Echo()), "other"));
        system.ActorOf(Props.Create(() => new Echo()), "innocent").Tell("once", ActorRefs.NoSender);
        executor.At(2_000_000, () => one.Tell(new Ball(), other));
        var stuck = Assert.Throws<SimulationStuckException>(() => executor.RunUntil(10_000_000));
        Assert.Contains("at 2.000000 s", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("akka://test/user/one with Ball (500), akka://test/user/other with Ball (500)", stuck.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("innocent", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkThatGivesItselfMoreForNow_EndsTheRun()
    {
        var (executor, _) = Started();
        executor.At(1, Again);
        var stuck = Assert.Throws<SimulationStuckException>(() => executor.RunUntil(10));
        Assert.Contains(nameof(Again), stuck.Message, StringComparison.Ordinal);

        void Again() => executor.At(executor.NowMicroseconds, Again);
    }

    [Fact]
    public void AsMuchAsIsAllowed_InEachOfManyInstants_IsNoLivelock()
    {
        var (executor, system) = Started();
        var actor = system.ActorOf(Props.Create(() => new Echo()), "one");
        for (var instant = 1; instant <= 10; instant++)
        {
            executor.At(instant, () =>
            {
                for (var i = 0; i < executor.MostInAnInstant; i++) actor.Tell(new Ball(), ActorRefs.Nobody);
            });
        }

        executor.RunUntil(20);
        Assert.True(executor.Steps >= 10 * executor.MostInAnInstant);
    }

    [Fact]
    public void ARunThatGoesRound_IsAFailedSeed()
    {
        var planted = Some.Short with
        {
            World = Some.Short.World with
            {
                Composition = new Composition
                {
                    Actors = static (_, _, props) => props.Type.Name != "NodeLeaseKeeper" ? props : FilteredActor.PropsFor(props, static () => static (context, message, deliver) =>
                    {
                        deliver(message);
                        context.Self.Tell(new Ball(), ActorRefs.NoSender);
                    }),
                },
            },
        };
        var violation = SimulationRun.Run(planted, 1).Violation;
        Assert.Equal("livelock", violation?.Invariant);
        Assert.Contains("/lease with Ball (", violation!.What, StringComparison.Ordinal);
    }

    private static (SimulatedExecutor Executor, ActorSystem System) Started()
    {
        var executor = new SimulatedExecutor(_ => 0) { MostInAnInstant = 10_000 };
        var system = ActorSystem.Create("test", executor.StartProcess("p").Runtime.And(BootstrapSetup.Create()));
        executor.RunUntil(0);
        return (executor, system);
    }

    private sealed record Ball;

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<Ball>(ball => { Sender.Tell(ball); });
    }
}
