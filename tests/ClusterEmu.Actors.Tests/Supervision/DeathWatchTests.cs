namespace ClusterEmu.Actors.Tests.Supervision;

public sealed class DeathWatchTests() : TestKit("akka.loglevel = OFF")
{
    private sealed record Do(Action<IActorContext> Action);

    private sealed record Seen(IActorRef Actor, bool Confirmed);

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef journal, bool handlesTerminated)
        {
            Receive<Do>(message =>
            {
                message.Action(Context);
            });
            if (handlesTerminated)
                Receive<Terminated>(terminated =>
                {
                    journal.Tell(new Seen(terminated.ActorRef, terminated.ExistenceConfirmed)); // Terminated itself would be swallowed.
                });
            Receive<string>(text =>
            {
                journal.Tell(text);
            });
        }
    }

    private IActorRef StartWatcher(bool handlesTerminated = true) => Sys.ActorOf(Props.Create(() => new Watcher(TestActor, handlesTerminated)));

    private IActorRef StartSubject() => CreateTestProbe().Ref;

    [Fact]
    public void AWatcherIsToldOnceAfterAllThatTheSubjectSentBefore()
    {
        var (watcher, subject) = (StartWatcher(), StartSubject());
        watcher.Tell(new Do(c => c.Watch(subject)));
        watcher.Tell(new Do(c => c.Watch(subject)));
        watcher.Tell(new Do(c => c.Stop(subject)));
        ExpectMsg(new Seen(subject, true));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void ADeadSubjectIsReportedAtOnce()
    {
        var (watcher, subject) = (StartWatcher(), StartSubject());
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        watcher.Tell(new Do(c => c.Watch(subject)));
        ExpectMsg(new Seen(subject, false));
    }

    [Fact]
    public void AMessageOfOnesOwnReplacesTerminated()
    {
        var (watcher, subject) = (StartWatcher(), StartSubject());
        watcher.Tell(new Do(c => c.WatchWith(subject, "it died")));
        Sys.Stop(subject);
        ExpectMsg("it died");
    }

    [Fact]
    public void NothingArrivesAfterUnwatchEvenIfTheSubjectDiedBefore()
    {
        var (watcher, subject) = (StartWatcher(), StartSubject());
        var died = new ManualResetEventSlim();
        Watch(subject);
        watcher.Tell(new Do(c =>
        {
            c.Watch(subject);
            died.Wait(TimeSpan.FromSeconds(3));
            c.Self.Tell(new Do(ctx => ctx.Unwatch(subject))); // Before Terminated, which the runtime queues after this message.
        }));
        Sys.Stop(subject);
        ExpectTerminated(subject);
        died.Set();
        watcher.Tell("done");
        ExpectMsg("done");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void AnUnhandledTerminatedBreaksTheDeathPact()
    {
        var (watcher, subject) = (StartWatcher(handlesTerminated: false), StartSubject());
        Watch(watcher);
        watcher.Tell(new Do(c => c.Watch(subject)));
        Sys.Stop(subject);
        ExpectTerminated(watcher); // DeathPactException: stopped by default.
    }

    [Fact]
    public void AnActorDoesNotWatchItself()
    {
        var watcher = StartWatcher();
        watcher.Tell(new Do(c => c.Watch(c.Self)));
        watcher.Tell("alive");
        ExpectMsg("alive");
    }

    [Fact]
    public void AParentMayWatchItsChildAndReuseTheNameWhenTold()
    {
        var parent = StartWatcher();
        parent.Tell(new Do(c => c.Watch(c.ActorOf(Props.Create(() => new Watcher(TestActor, true)), "child"))));
        parent.Tell(new Do(c => c.Stop(c.Child("child"))));
        var dead = ExpectMsg<Seen>().Actor;
        parent.Tell(new Do(c => c.Sender.Tell(c.ActorOf(Props.Create(() => new Watcher(TestActor, true)), "child"))));
        var next = ExpectMsg<IActorRef>();
        Assert.Equal(dead.Path, next.Path);
        Assert.NotEqual(dead, next);
    }

    [Fact]
    public async Task GracefulStopWaitsForTheEnd()
    {
        var subject = StartWatcher();
        Assert.True(await subject.GracefulStop(TimeSpan.FromSeconds(3)));
        Assert.True(await subject.GracefulStop(TimeSpan.FromSeconds(3))); // Dead already.
        var deaf = Sys.ActorOf(Props.Create(() => new Watcher(TestActor, true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deaf.GracefulStop(TimeSpan.FromMilliseconds(20), "no stop message"));
    }
}
