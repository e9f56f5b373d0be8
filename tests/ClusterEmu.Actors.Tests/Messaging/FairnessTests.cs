namespace ClusterEmu.Actors.Tests.Messaging;

public sealed class FairnessTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Endless : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "stop") Context.Stop(Self);
            else Sender.Tell(message);
        }
    }

    [Fact]
    public void ActorsThatWakeEachOtherForEverLeaveTurnsToOthers()
    {
        var busy = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => ActorOf<Endless>()).ToArray();
        for (var i = 0; i < busy.Length; i += 2) busy[i].Tell("ball", busy[i + 1]);
        var third = ActorOf<Endless>();
        for (var i = 0; i < 20; i++)
        {
            third.Tell(i);
            ExpectMsg(i, TimeSpan.FromSeconds(10));
        }

        foreach (var actor in busy) actor.Tell("stop");
    }
}
