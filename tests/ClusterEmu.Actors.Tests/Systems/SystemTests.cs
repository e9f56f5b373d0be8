namespace ClusterEmu.Actors.Tests.Systems;

public sealed class SystemTests
{
    private sealed class Echo : ReceiveActor, IWithTimers
    {
        public Echo()
        {
            Receive<string>(text =>
            {
                Sender.Tell($"echo {text}");
            });
            Receive<TimeSpan>(delay =>
            {
                var asker = Sender;
                Timers.StartSingleTimer("later", asker, delay);
            });
            Receive<IActorRef>(asker =>
            {
                Task.FromResult("piped").PipeTo(asker);
            });
            Receive<Exception>(failure =>
            {
                throw failure;
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    [Fact]
    public async Task ASystemAnswersKeepsTimersAndTerminates()
    {
        var wait = TimeSpan.FromSeconds(5);
        var system = ActorSystem.Create("smoke", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        var echo = system.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("echo a", await echo.Ask<string>("a", wait));
        echo.Tell(new InvalidOperationException("on purpose"));
        Assert.Equal("echo b", await echo.Ask<string>("b", wait));
        Assert.Equal("piped", await echo.Ask<string>(TimeSpan.FromMilliseconds(5), wait));
        Assert.True(await echo.GracefulStop(wait));
        await system.Terminate().WaitAsync(wait);
    }
}
