namespace ClusterEmu.Actors.Tests.Supervision;

/// <summary>A restart or stop of a parent waits for its children, and what comes meanwhile waits too.</summary>
public sealed class SlowChildTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class SlowChild(ManualResetEventSlim mayStop, IActorRef journal) : UntypedActor
    {
        protected override void PostStop()
        {
            if (!mayStop.Wait(TimeSpan.FromSeconds(5))) throw new TimeoutException("The test did not let the child stop.");
            journal.Tell("child stopped");
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly IActorRef _journal;

        public Parent(ManualResetEventSlim mayStop, IActorRef journal)
        {
            _journal = journal;
            Context.ActorOf(Props.Create(() => new SlowChild(mayStop, journal)), "child");
            Receive<string>(text =>
            {
                if (text == "fail") throw new InvalidOperationException("on purpose");
                journal.Tell(text);
            });
        }

        protected override void PostRestart(Exception reason) => _journal.Tell("restarted");

        protected override void PostStop() => _journal.Tell("parent stopped");
    }

    [Fact]
    public void ARestartWaitsForTheChildrenAndTheMailboxForTheRestart()
    {
        var mayStop = new ManualResetEventSlim();
        var parent = Sys.ActorOf(Props.Create(() => new Parent(mayStop, TestActor)));
        parent.Tell("fail");
        parent.Tell("after");
        ExpectMsg("parent stopped"); // PostStop of the failed instance, by PreRestart.
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        mayStop.Set();
        ExpectMsg("child stopped");
        ExpectMsg("restarted");
        ExpectMsg("after");
    }

    [Fact]
    public void AStopDuringARestartEndsTheActorWithoutANewInstance()
    {
        var mayStop = new ManualResetEventSlim();
        var parent = Sys.ActorOf(Props.Create(() => new Parent(mayStop, TestActor)));
        Watch(parent);
        parent.Tell("fail");
        ExpectMsg("parent stopped");
        Sys.Stop(parent);
        Sys.ActorSelection("/user").Tell(new Identify("the guardian has seen the stop"), TestActor);
        ExpectMsg<ActorIdentity>();
        mayStop.Set();
        ExpectMsg("child stopped");
        ExpectTerminated(parent);
    }
}
