using System.Diagnostics;

namespace ClusterEmu.ControlPlane.Tests;

public class ControllerRestartTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void AControllerThatKeepsFailing_IsStartedAgainSlowly_AndTheOthersGoOn()
    {
        var (failing, steady) = (CreateTestProbe(), CreateTestProbe());
        (string, Props)[] controllers =
        [
            ("failing", Props.Create(() => new Failing(failing.Ref))),
            ("steady", Props.Create(() => new Steady(steady.Ref))),
        ];
        Sys.ActorOf(Props.Create(() => new ControllerManager(controllers)));
        for (var start = 0; start < 6; start++) failing.ExpectMsg("started", Patience); // The first, and five quick restarts.
        var began = Stopwatch.GetTimestamp();
        failing.ExpectMsg("started", Patience);
        Assert.True(Stopwatch.GetElapsedTime(began) > TimeSpan.FromMilliseconds(500));
        steady.ExpectMsg("started", Patience);
        steady.LastSender.Tell("still there?", steady.Ref); // It was never started anew.
        steady.ExpectMsg("yes", Patience);
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing(IActorRef told)
        {
            Receive<string>(_ => { throw new InvalidOperationException("It fails, as it was told to."); });
            told.Tell("started");
            Self.Tell("fail");
        }
    }

    private sealed class Steady : ReceiveActor
    {
        public Steady(IActorRef told)
        {
            Receive<string>(_ => { Sender.Tell("yes"); });
            told.Tell("started", Self);
        }
    }
}
