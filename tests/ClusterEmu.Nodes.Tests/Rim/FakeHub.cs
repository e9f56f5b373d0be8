using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Nodes.Tests;

/// <summary>An informer hub over a <see cref="FakeApi"/>, which tells it of every change.</summary>
internal sealed class FakeHub : ReceiveActor
{
    public sealed record Change(IKubeObject Object, bool Deleted);

    private readonly Dictionary<string, IKubeObject> _objects = [];
    private readonly List<(KindInfo Kind, IActorRef Subscriber)> _subscribers = [];

    public FakeHub()
    {
        Receive<SubscribeInformer>(message =>
        {
            _subscribers.Add((message.Kind, message.Subscriber));
            message.Subscriber.Tell(new InformerSynced(message.Kind, [.. _objects.Values.Where(value => value.Kind == message.Kind.Kind)], "1"));
        });
        Receive<Change>(message =>
        {
            var key = $"{message.Object.Kind}/{message.Object.Metadata.Namespace}/{message.Object.Metadata.Name}";
            var previous = _objects.GetValueOrDefault(key);
            if (message.Deleted) _objects.Remove(key);
            else _objects[key] = message.Object;
            var type = message.Deleted ? WatchEventType.Deleted : previous is null ? WatchEventType.Added : WatchEventType.Modified;
            foreach (var (kind, subscriber) in _subscribers)
            {
                if (kind.Kind == message.Object.Kind)
                    subscriber.Tell(new InformerChanged(kind, type, message.Object, previous, message.Object.Metadata.ResourceVersion));
            }
        });
    }
}
