namespace ClusterEmu.Actors.Tests.Messaging;

public sealed class EventStreamTests() : TestKit("akka.loglevel = OFF")
{
    private interface IThing;

    private class Thing : IThing;

    private sealed class SpecialThing : Thing;

    public static TheoryData<Type, bool> Channels => new()
    {
        { typeof(SpecialThing), true },
        { typeof(Thing), true },
        { typeof(IThing), true },
        { typeof(object), true },
        { typeof(string), false },
    };

    [Theory]
    [MemberData(nameof(Channels))]
    public void ASubscriberGetsEventsOfItsTypeBaseTypeOrInterface(Type channel, bool comes)
    {
        var probe = CreateTestProbe();
        Assert.True(Sys.EventStream.Subscribe(probe.Ref, channel));
        Sys.EventStream.Publish(new SpecialThing());
        if (comes) probe.ExpectMsg<SpecialThing>();
        else Assert.False(probe.HasMessages);
    }

    [Fact]
    public void AnEventComesOnceHoweverManySubscriptionsFit()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Thing)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Thing)));
        Sys.EventStream.Subscribe(TestActor, typeof(IThing));
        Sys.EventStream.Publish(new Thing());
        ExpectMsg<Thing>();
        Assert.False(HasMessages);
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Thing());
        Assert.False(HasMessages);
    }

    [Fact]
    public void ADeadSubscriberIsForgotten()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(Thing));
        Watch(probe);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe);
        Assert.False(Sys.EventStream.Unsubscribe(probe.Ref));
    }

    private sealed class Deaf : ReceiveActor
    {
        public Deaf()
        {
            Receive<int>(_ =>
            {
            });
        }
    }

    [Fact]
    public void AnUnhandledMessageIsPublished()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var deaf = Sys.ActorOf(Props.Create(() => new Deaf()));
        deaf.Tell("what");
        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal(("what", deaf, TestActor), (unhandled.Message, unhandled.Recipient, unhandled.Sender));
    }

    [Fact]
    public void MessagesToTheDeadArePublishedWithSenderAndRecipient()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var deaf = Sys.ActorOf(Props.Create(() => new Deaf()), "deaf");
        Watch(deaf);
        deaf.Tell(PoisonPill.Instance);
        ExpectTerminated(deaf);
        deaf.Tell("late");
        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal(("late", deaf, TestActor), (letter.Message, letter.Recipient, letter.Sender));
        Sys.ActorSelection("/user/no-one").Tell("lost", Sys.DeadLetters);
        letter = ExpectMsg<DeadLetter>();
        Assert.Equal("/user/no-one", letter.Recipient.Path.ToStringWithoutAddress());
        Assert.Equal(Sys.DeadLetters, letter.Sender);
        deaf.Tell(PoisonPill.Instance); // Suppressed: its loss is no news.
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }
}
