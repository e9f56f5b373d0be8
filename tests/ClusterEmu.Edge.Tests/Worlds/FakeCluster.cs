using System.Collections.Concurrent;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Edge.Tests;

/// <summary>Stands for the API: a hub that knows a few objects, and a client that remembers what it was asked.</summary>
internal sealed class FakeCluster : IAsyncKubeClient
{
    public ConcurrentQueue<ApiCall> Calls { get; } = new();

    public IEnumerable<string> Patches => Calls.Where(call => call.Verb == ApiVerb.Patch).Select(call => Encoding.UTF8.GetString(call.Patch.Span));
    public IEnumerable<Event> Events => Calls.Select(call => call.Body).OfType<Event>();

    public void Send(ApiCall call, IActorRef replyTo) => replyTo.Tell(Answer(call), ActorRefs.NoSender);

    public Task<ApiReply> SendAsync(ApiCall call, CancellationToken cancellationToken = default) => Task.FromResult(Answer(call));

    public IWatch Watch(WatchCall call, IActorRef subscriber) => throw new NotSupportedException("The edge learns by informers.");

    public IActorRef Hub(ActorSystem system, params IKubeObject[] objects) => system.ActorOf(Props.Create(() => new Informers(objects)));

    private ApiReply Answer(ApiCall call)
    {
        Calls.Enqueue(call);
        var found = call.Verb != ApiVerb.Get;
        return new ApiReply(call, found ? 200 : 404, call.Body, null, "1", null, found ? null : new Status { Reason = "NotFound" });
    }

    private sealed class Informers : ReceiveActor
    {
        private readonly List<(KindInfo Kind, IActorRef Subscriber)> _subscribers = [];

        public Informers(IKubeObject[] objects)
        {
            Receive<SubscribeInformer>(message =>
            {
                _subscribers.Add((message.Kind, message.Subscriber));
                message.Subscriber.Tell(new InformerSynced(message.Kind, [.. objects.Where(value => KindCatalog.Of(value) == message.Kind)], "1"));
            });
            Receive<InformerChanged>(message =>
            {
                foreach (var (kind, subscriber) in _subscribers)
                    if (kind == message.Kind) subscriber.Tell(message);
            });
        }
    }
}
