namespace ClusterEmu.Actors.Tests.Messaging;

public sealed class AskTests() : TestKit("akka.loglevel = OFF")
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private sealed class Answerer : ReceiveActor
    {
        public Answerer()
        {
            Receive<string>(text => text == "silence", _ =>
            {
            });
            Receive<string>(text =>
            {
                Sender.Tell(text.ToUpperInvariant());
            });
            Receive<Exception>(failure =>
            {
                Sender.Tell(new ActorStatus.Failure(failure));
            });
        }
    }

    private IActorRef Start(string? name = null) => Sys.ActorOf(Props.Create(() => new Answerer()), name);

    [Fact]
    public async Task TheAnswerCompletesTheTask()
    {
        var actor = Start("answerer");
        Assert.Equal("A", await actor.Ask<string>("a", Long));
        Assert.Equal("A", await actor.Ask("a", Long));
        Assert.Equal("A", await actor.Ask<string>(_ => "a", Long, default));
        Assert.Equal("A", await Sys.ActorSelection("/user/answerer").Ask<string>("a", Long));
    }

    [Fact]
    public async Task AFailureIsThrown()
    {
        var thrown = await Assert.ThrowsAsync<FormatException>(() => Start().Ask<string>(new FormatException("told"), Long));
        Assert.Equal("told", thrown.Message);
    }

    [Fact]
    public async Task AFailureCanBeAskedFor()
    {
        var failure = await Start().Ask<ActorStatus.Failure>(new FormatException("told"), Long);
        Assert.IsType<FormatException>(failure.Cause);
    }

    [Fact]
    public async Task SilenceTimesOut()
    {
        var timeout = await Assert.ThrowsAsync<AskTimeoutException>(() => Start().Ask<string>("silence", TimeSpan.FromMilliseconds(20)));
        Assert.Equal("Timeout after 0.02 seconds", timeout.Message);
    }

    [Fact]
    public async Task AnAnswerOfAnotherTypeIsAnError()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Start().Ask<int>("a", Long));
        Assert.Equal("Received message of type [System.String] - Ask expected message of type [System.Int32]", failure.Message);
    }

    [Fact]
    public async Task ACancelledAskIsCancelled()
    {
        using var cancelling = new CancellationTokenSource();
        var ask = Start().Ask<string>("silence", Long, cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);
    }

    [Fact]
    public async Task ALaterAnswerIsADeadLetter()
    {
        var probe = CreateTestProbe();
        var ask = probe.Ref.Ask<string>("question", Long);
        probe.ExpectMsg("question");
        probe.Reply("first");
        EventFilter.DeadLetter<string>(text => text == "second").ExpectOne(() => probe.Reply("second"));
        Assert.Equal("first", await ask);
    }

    [Fact]
    public Task AskWithoutASystemIsRefused() => Assert.ThrowsAsync<ArgumentException>(() => ActorRefs.Nobody.Ask<string>("a", Long));
}
