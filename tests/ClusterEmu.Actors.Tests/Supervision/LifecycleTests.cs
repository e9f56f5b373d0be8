namespace ClusterEmu.Actors.Tests.Supervision;

public sealed class LifecycleTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Hooked : ReceiveActor
    {
        private static int _instances;
        private readonly IActorRef _journal;
        private readonly int _instance = Interlocked.Increment(ref _instances);

        public Hooked(IActorRef journal, string? failIn)
        {
            _journal = journal;
            if (failIn == "constructor") throw new InvalidOperationException("in constructor");
            FailIn = failIn;
            Receive<string>(text =>
            {
                if (text == "fail") throw new InvalidOperationException("on purpose");
                Sender.Tell(text);
            });
        }

        private string? FailIn { get; }

        protected override void PreStart() => Note("PreStart");

        protected override void PostStop() => Note("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            Note($"PreRestart {reason.Message} {message}");
            Sender.Tell("your message failed", Self);
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            Note($"PostRestart {reason.Message}");
            base.PostRestart(reason);
        }

        private void Note(string hook)
        {
            _journal.Tell(hook);
            if (hook.Split(' ')[0] == FailIn) throw new InvalidOperationException($"in {FailIn}");
        }
    }

    private IActorRef Start(IActorRef journal, string? failIn = null) => Sys.ActorOf(Props.Create(() => new Hooked(journal, failIn)));

    [Fact]
    public void TheHooksRunInOrder()
    {
        var journal = CreateTestProbe();
        var actor = Start(journal);
        journal.ExpectMsg("PreStart");
        actor.Tell("fail");
        ExpectMsg("your message failed"); // The sender is still known.
        foreach (var hook in (string[])["PreRestart on purpose fail", "PostStop", "PostRestart on purpose", "PreStart"]) journal.ExpectMsg(hook);
        Sys.Stop(actor);
        journal.ExpectMsg("PostStop");
        journal.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Theory]
    [InlineData("constructor")]
    [InlineData("PreStart")]
    public void AnActorThatCannotStartIsStopped(string where)
    {
        var journal = CreateTestProbe();
        var actor = Start(journal, where);
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void AnActorThatCannotRestartIsStopped()
    {
        var journal = CreateTestProbe();
        var actor = Start(journal, "PostRestart");
        Watch(actor);
        actor.Tell("fail");
        FishForMessage(message => message is Terminated);
    }

    [Fact]
    public void AFailureBeforeTheRestartDoesNotPreventIt()
    {
        var journal = CreateTestProbe();
        var actor = Start(journal, "PreRestart");
        actor.Tell("fail");
        actor.Tell("still there");
        ExpectMsg("still there");
    }

    [Fact]
    public void AFailureInPostStopDoesNotPreventTheEnd()
    {
        var actor = Start(CreateTestProbe(), "PostStop");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void AnActorCannotBeMadeWithNew()
    {
        var failure = Assert.Throws<ActorInitializationException>(() => new Hooked(TestActor, null));
        Assert.Contains("You cannot create an instance of", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThereIsNoContextOutsideOfActors() => Assert.Throws<NotSupportedException>(ContextReader.Read);

    private abstract class ContextReader : ActorBase
    {
        public static void Read() => _ = Context.Self;
    }
}
