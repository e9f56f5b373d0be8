namespace ClusterEmu.Actors.Tests.Actors;

public sealed class StashTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Closed : ReceiveActor, IWithUnboundedStash
    {
        public Closed()
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => Receive<string>(text =>
                {
                    Sender.Tell(text);
                }));
                Stash.UnstashAll();
            });
            Receive<string>(text => text == "one", _ =>
            {
                Become(() => Receive<string>(text =>
                {
                    Sender.Tell(text);
                }));
                Stash.Unstash();
            });
            Receive<string>(text => text == "twice", _ =>
            {
                Stash.Stash();
                try
                {
                    Stash.Stash();
                }
                catch (IllegalActorStateException refusal)
                {
                    Sender.Tell(refusal.Message);
                }
            });
            Receive<string>(text => text == "count", _ =>
            {
                Sender.Tell(Stash.Count);
            });
            ReceiveAny(_ =>
            {
                Stash.Stash();
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private IActorRef Start() => ActorOf<Closed>();

    [Fact]
    public void UnstashedMessagesComeInOrderBeforeNewOnesWithTheirSenders()
    {
        var (actor, other) = (Start(), CreateTestProbe());
        actor.Tell("a");
        other.Send(actor, "b");
        actor.Tell("c");
        actor.Tell("open");
        actor.Tell("d");
        ExpectMsg("a");
        ExpectMsg("c");
        ExpectMsg("d");
        other.ExpectMsg("b");
    }

    [Fact]
    public void UnstashTakesTheOldestOnly()
    {
        var actor = Start();
        actor.Tell("a");
        actor.Tell("b");
        actor.Tell("count");
        ExpectMsg(2);
        actor.Tell("one");
        ExpectMsg("a");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void AMessageIsStashedOnce()
    {
        Start().Tell("twice");
        ExpectMsg("Can't stash the same message twice more than once");
    }

    [Fact]
    public void EqualMessagesAreStashedEach()
    {
        var actor = Start();
        actor.Tell("a");
        actor.Tell("a");
        actor.Tell("open");
        ExpectMsg("a");
        ExpectMsg("a");
    }

    [Fact]
    public void TheStashOfAStoppedActorIsDeadLetters()
    {
        var actor = Start();
        actor.Tell("a");
        actor.Tell("count");
        ExpectMsg(1);
        EventFilter.DeadLetter<string>(text => text == "a").ExpectOne(() => Sys.Stop(actor));
    }
}
