using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Nodes;

/// <summary>
/// Hears of Pods, Nodes and Services once for the whole process, tells each node of what concerns it, and keeps the
/// process's <see cref="ServiceBook"/>.
/// </summary>
public sealed class PodDispatcher : ReceiveActor
{
    /// <summary>All that this actor accepts from others.</summary>
    public abstract record Command
    {
        private Command()
        {
        }

        /// <summary>
        /// <paramref name="Subscriber"/> hears of a node from now on: one <see cref="NodeListed"/> once everything was read, then
        /// <see cref="PodSeen"/> and <see cref="NodeSeen"/>, until it stops.
        /// </summary>
        public sealed record Join(string Node, IActorRef Subscriber) : Command;

        /// <summary>Asks for a Pod of this process's nodes by name. Reply: <see cref="PodFound"/>.</summary>
        public sealed record FindPod(string Namespace, string Name) : Command;
    }

    /// <summary>Null if no node of this process has such a Pod.</summary>
    public sealed record PodFound(Pod? Pod);

    /// <summary>All that concerns a node, at one moment. Services are known from then on.</summary>
    /// <param name="Node">Null if it is not registered.</param>
    /// <param name="Pods">Bound to it, sorted by namespace and name.</param>
    public sealed record NodeListed(Node? Node, IReadOnlyList<Pod> Pods);

    /// <summary>A Pod of the node was bound, changed or (<paramref name="Deleted"/>) forgotten.</summary>
    public sealed record PodSeen(Pod Pod, bool Deleted);

    /// <summary>The Node changed; null if it was deleted.</summary>
    public sealed record NodeSeen(Node? Node);

    private readonly Dictionary<string, Entry> _nodes = new(StringComparer.Ordinal);
    private readonly ServiceBook _services;
    private readonly IActorRef _hub;
    private readonly HashSet<string> _synced = new(StringComparer.Ordinal);

    /// <param name="hub">The process's informer hub.</param>
    /// <param name="services">The book to keep.</param>
    /// <param name="nodes">The nodes of this process; of others nothing is kept.</param>
    public PodDispatcher(IActorRef hub, ServiceBook services, IReadOnlyList<string> nodes)
    {
        _hub = hub;
        _services = services;
        foreach (var node in nodes) _nodes[node] = new Entry();
        Receive<Command.Join>(message => { Joined(message); });
        Receive<Command.FindPod>(message =>
        {
            Sender.Tell(new PodFound(_nodes.Values.SelectMany(entry => entry.Pods.Values)
                .FirstOrDefault(pod => pod.Metadata.Name == message.Name && pod.Metadata.Namespace == message.Namespace)));
        });
        Receive<InformerSynced>(message => { Synced(message); });
        Receive<InformerChanged>(message => { Changed(message); });
        Receive<Terminated>(message => { Left(message.ActorRef); });
    }

    public static Props PropsFor(IActorRef hub, ServiceBook services, IReadOnlyList<string> nodes) =>
        Props.Create(() => new PodDispatcher(hub, services, nodes));

    private bool Ready => _synced.Count == 3;

    protected override void PreStart()
    {
        base.PreStart();
        foreach (var kind in new KindInfo[] { Kinds.Service, Kinds.Node, Kinds.Pod }) _hub.Tell(new SubscribeInformer(kind, Self));
    }

    private void Joined(Command.Join join)
    {
        if (!_nodes.TryGetValue(join.Node, out var entry)) return;
        Context.Watch(join.Subscriber);
        // One that was restarted joins again, and is told everything anew.
        if (!entry.Subscribers.Contains(join.Subscriber)) entry.Subscribers.Add(join.Subscriber);
        if (Ready) join.Subscriber.Tell(entry.Listing);
    }

    private void Left(IActorRef subscriber)
    {
        foreach (var entry in _nodes.Values) entry.Subscribers.Remove(subscriber);
    }

    private void Synced(InformerSynced message)
    {
        foreach (var item in message.Items) Take(item, false);
        _synced.Add(message.Kind.Kind);
        if (!Ready) return;
        foreach (var entry in _nodes.Values)
        {
            foreach (var subscriber in entry.Subscribers) subscriber.Tell(entry.Listing);
        }
    }

    private void Changed(InformerChanged message)
    {
        var deleted = message.Type == WatchEventType.Deleted;
        // A Pod is bound once; only one that was bound can be told of.
        if (Take(message.Object, deleted) is not { } entry || !Ready) return;
        object news = message.Object is Pod pod ? new PodSeen(pod, deleted) : new NodeSeen(deleted ? null : (Node)message.Object);
        foreach (var subscriber in entry.Subscribers) subscriber.Tell(news);
    }

    private Entry? Take(IKubeObject value, bool deleted)
    {
        switch (value)
        {
            case Service service:
                if (deleted) _services.Remove(service.Metadata.Namespace, service.Metadata.Name);
                else _services.Set(service);
                return null;
            case Node node when _nodes.TryGetValue(node.Metadata.Name, out var own):
                own.Node = deleted ? null : node;
                return own;
            case Pod pod when _nodes.TryGetValue(pod.Spec.NodeName, out var host):
                if (deleted) host.Pods.Remove(pod.Metadata.Uid);
                else host.Pods[pod.Metadata.Uid] = pod;
                return host;
            default:
                return null;
        }
    }

    private sealed class Entry
    {
        public Node? Node { get; set; }
        public Dictionary<string, Pod> Pods { get; } = new(StringComparer.Ordinal);
        public List<IActorRef> Subscribers { get; } = [];

        public NodeListed Listing => new(Node,
        [
            .. Pods.Values.OrderBy(pod => pod.Metadata.Namespace, StringComparer.Ordinal).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal),
        ]);
    }
}
