using Xunit.Sdk;

namespace ClusterEmu.Actors.Testing.Tests;

public sealed class TestKitTests : TestKit
{
    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Exception failure) throw failure;
            Context.GetLogger().Warning("echo {0}", message);
            Sender.Tell(message);
        }
    }

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void TheTestActorIsTheImplicitSender()
    {
        ActorOf<Echo>().Tell("a");
        Assert.Equal("a", ExpectMsg<string>());
    }

    [Fact]
    public async Task TheTestActorIsTheImplicitSenderAfterAnAwaitToo()
    {
        await Task.Yield();
        ActorOf<Echo>().Tell("a");
        await ExpectMsgAsync("a");
    }

    [Fact]
    public void AProbeStandsForAnActor()
    {
        var probe = CreateTestProbe("p");
        var echo = ActorOf<Echo>("echo");
        probe.Send(echo, 1);
        probe.ExpectMsg(1);
        Assert.Equal(echo, probe.Sender);
        probe.Tell("question");
        probe.ExpectMsg<string>();
        probe.Reply("answer");
        ExpectMsg("answer");
        ExpectNoMsg(Short);
    }

    [Fact]
    public void AWatchedActorIsSeenToStop()
    {
        var echo = ActorOf<Echo>();
        Watch(echo);
        Sys.Stop(echo);
        ExpectTerminated(echo);
    }

    [Fact]
    public void AProbeCanBeWatched()
    {
        var probe = CreateTestProbe();
        Watch(probe);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe);
    }

    public static TheoryData<string, Action<TestKitTests>> Failures => new()
    {
        { "Timeout", kit => kit.ExpectMsg<string>(Short) },
        { "Expected a message of type", kit => kit.Told(1).ExpectMsg<string>() },
        { "Actual:", kit => kit.Told("b").ExpectMsg("a") },
        { "unexpected message", kit => kit.Told("b").ExpectMsg<string>(text => text == "a") },
        { "Expected no messages", kit => kit.Told("b").ExpectNoMsg(Short) },
        { "Only got 1", kit => kit.Told("b").ReceiveN(2, Short) },
        { "fishForMessage", kit => kit.Told("b").FishForMessage<string>(text => text == "a", Short) },
        { "still waiting for: a", kit => kit.Told("b").ExpectMsgAllOf("a") },
        { "exceeding", kit => kit.Within(TimeSpan.FromMilliseconds(1), () => Thread.Sleep(20)) },
        { "expired while waiting", kit => kit.AwaitCondition(() => false, Short) },
        { "Only received 0/1", kit => kit.EventFilter.Error().ExpectOne(Short, () => { }) },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void AnExpectationThatIsNotMetFails(string text, Action<TestKitTests> expectation)
    {
        var failure = Assert.ThrowsAny<XunitException>(() => expectation(this));
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }

    private TestKitTests Told(object message)
    {
        TestActor.Tell(message);
        return this;
    }

    [Fact]
    public void MessagesAreFishedIgnoredAndTakenTogether()
    {
        IgnoreMessages<int>();
        Told(1).Told("a").Told("b").Told("c").Told("d");
        Assert.Equal("b", FishForMessage<string>(text => text == "b"));
        Assert.Equal(new[] { "d", "c" }.Order(), ExpectMsgAllOf("d", "c").Order());
        IgnoreNoMessages();
        Told(2);
        ExpectMsg(2);
    }

    [Fact]
    public void EventFiltersCountLogEventsExceptionsAndDeadLetters()
    {
        var echo = ActorOf<Echo>("echo");
        EventFilter.Warning("echo x", source: "/user/echo").ExpectOne(() => echo.Tell("x"));
        EventFilter.Exception<InvalidOperationException>(contains: "purpose").Expect(2, () =>
        {
            echo.Tell(new InvalidOperationException("on purpose"));
            echo.Tell(new InvalidOperationException("on purpose"));
        });
        Watch(echo);
        Sys.Stop(echo);
        ExpectMsg("x");
        ExpectTerminated(echo);
        EventFilter.DeadLetter<string>().ExpectOne(() => echo.Tell("too late"));
    }

    private sealed class Flood(IActorRef target, int messages) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            for (var i = 0; i < messages; i++) target.Tell(i);
        }
    }

    [Fact]
    public void AProbeTakesWhatManyActorsSendAtOnce()
    {
        for (var i = 0; i < 8; i++) ActorOf(() => new Flood(TestActor, 5_000)).Tell("go");
        Assert.Equal(40_000, ReceiveN(40_000, TimeSpan.FromSeconds(20)).Count);
    }

    [Fact]
    public void AwaitAssertRepeatsUntilItPasses()
    {
        var tries = 0;
        AwaitAssert(() => Assert.Equal(3, ++tries), interval: TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, tries);
    }

    [Fact]
    public void AChildOfTheTestActorHasTheStrategyGiven()
    {
        var child = ChildActorOf(Props.Create(() => new Echo()), "child", new OneForOneStrategy(_ => Directive.Stop));
        Watch(child);
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => child.Tell(new InvalidOperationException("on purpose")));
        ExpectTerminated(child);
    }
}
