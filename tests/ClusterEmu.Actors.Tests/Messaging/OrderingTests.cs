namespace ClusterEmu.Actors.Tests.Messaging;

public sealed class OrderingTests() : TestKit("akka.loglevel = OFF")
{
    private sealed record Numbered(int Sender, int Number);

    private sealed class Source : ReceiveActor
    {
        public Source(int id, int messages, IActorRef target)
        {
            Receive<string>(_ =>
            {
                for (var i = 0; i < messages; i++) target.Tell(new Numbered(id, i));
            });
        }
    }

    private sealed class Checker : ReceiveActor
    {
        public Checker(int sources, int messages, IActorRef journal)
        {
            var next = new int[sources];
            var left = sources * messages;
            Receive<Numbered>(message =>
            {
                if (message.Number != next[message.Sender]++) journal.Tell($"out of order: {message}");
                if (--left == 0) journal.Tell("all came");
            });
        }
    }

    [Fact]
    public void MessagesOfOneSenderToOneReceiverKeepTheirOrder()
    {
        const int sources = 8;
        const int messages = 20_000;
        var checker = Sys.ActorOf(Props.Create(() => new Checker(sources, messages, TestActor)));
        for (var i = 0; i < sources; i++)
        {
            var id = i;
            Sys.ActorOf(Props.Create(() => new Source(id, messages, checker))).Tell("go");
        }

        ExpectMsg("all came", TimeSpan.FromSeconds(30));
    }

    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef target)
        {
            Receive<string>(text =>
            {
                if (text == "forward") target.Forward(text);
                else target.Tell(text);
            });
        }
    }

    [Fact]
    public void TheSenderIsTheActorThatTellsAndForwardKeepsTheFirst()
    {
        var probe = CreateTestProbe();
        var relay = Sys.ActorOf(Props.Create(() => new Relay(probe)));
        relay.Tell("tell");
        probe.ExpectMsgFrom(relay, "tell");
        relay.Tell("forward");
        probe.ExpectMsgFrom(TestActor, "forward");
        probe.Ref.Tell("of no one", ActorRefs.NoSender);
        probe.ExpectMsg("of no one");
        Assert.Equal(Sys.DeadLetters, probe.Sender);
    }

    [Fact]
    public void ANullMessageIsRefused() => Assert.Throws<InvalidMessageException>(() => TestActor.Tell(null!, ActorRefs.NoSender));

    [Fact]
    public void PoisonPillStopsAfterTheMessagesBeforeIt()
    {
        var probe = CreateTestProbe();
        var relay = Sys.ActorOf(Props.Create(() => new Relay(probe)));
        Watch(relay);
        relay.Tell("a");
        relay.Tell(PoisonPill.Instance);
        relay.Tell("b");
        probe.ExpectMsg("a");
        ExpectTerminated(relay);
        probe.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }
}
