using System.Collections.Concurrent;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>An actor whose messages a test takes one by one, waiting 20 s at most.</summary>
internal sealed class Collector
{
    private readonly BlockingCollection<object> _messages = [];

    public Collector(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Inbox(_messages)));

    public IActorRef Ref { get; }

    public T Take<T>() => Assert.IsType<T>(_messages.TryTake(out var message, TimeSpan.FromSeconds(20)) ? message : null);

    private sealed class Inbox(BlockingCollection<object> messages) : UntypedActor
    {
        protected override void OnReceive(object message) => messages.Add(message);
    }
}
