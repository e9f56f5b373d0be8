namespace ClusterEmu.Actors.Tests;

public sealed class SmokeTests
{
    private sealed class Echo : ReceiveActor
    {
        public Echo()
        {
            Receive<string>(text =>
            {
                Sender.Tell($"echo {text}");
            });
            Receive<Exception>(failure =>
            {
                throw failure;
            });
        }
    }

    [Fact]
    public async Task ASystemAnswersAndTerminates()
    {
        var system = ActorSystem.Create("smoke");
        var echo = system.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("echo a", await echo.Ask<string>("a", TimeSpan.FromSeconds(5)));
        echo.Tell(new InvalidOperationException("on purpose"));
        Assert.Equal("echo b", await echo.Ask<string>("b", TimeSpan.FromSeconds(5)));
        Assert.True(await echo.GracefulStop(TimeSpan.FromSeconds(5)));
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(5));
    }
}
