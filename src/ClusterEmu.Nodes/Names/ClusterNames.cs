using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Where the process's CoreDNS Pods find the names. One writer (<see cref="ClusterNames"/>), many readers.</summary>
public sealed class ZoneFeed
{
    private ClusterZone? _zone;

    /// <summary>Null until Services, EndpointSlices and Namespaces were listed: a CoreDNS Pod is not ready before.</summary>
    public ClusterZone? Zone => Volatile.Read(ref _zone);

    internal void Publish(ClusterZone zone) => Volatile.Write(ref _zone, zone);
}

/// <summary>Keeps the names of the cluster's DNS in step with the API server. One per process; <see cref="ZoneCompiler"/> does the work.</summary>
public sealed class ClusterNames : ReceiveActor
{
    private readonly HashSet<KindInfo> _unsynced = [Kinds.Service, Kinds.EndpointSlice, Kinds.Namespace];
    private readonly IActorRef _informers;
    private readonly ZoneFeed _feed;
    private readonly ZoneCompiler _compiler;

    public ClusterNames(IActorRef informers, ZoneFeed feed, ClusterZone empty)
    {
        _informers = informers;
        _feed = feed;
        _compiler = new ZoneCompiler(empty);
        Receive<InformerSynced>(message =>
        {
            foreach (var item in message.Items) Apply(item, removed: false);
            _unsynced.Remove(message.Kind);
            Publish();
        });
        Receive<InformerChanged>(message =>
        {
            Apply(message.Object, message.Type == WatchEventType.Deleted);
            Publish();
        });
    }

    /// <param name="informers">The process's InformerHub.</param>
    /// <param name="feed">Where the names go.</param>
    /// <param name="outside">Names outside the cluster, in lower case, and their addresses.</param>
    /// <param name="domain">The cluster's domain.</param>
    public static Props PropsFor(
        IActorRef informers, ZoneFeed feed, IReadOnlyDictionary<string, IReadOnlyList<Ip>> outside, string domain = "cluster.local")
    {
        var empty = new ClusterZone { Domain = domain, Outside = outside };
        return Props.Create(() => new ClusterNames(informers, feed, empty));
    }

    protected override void PreStart()
    {
        base.PreStart();
        _informers.Tell(new SubscribeInformer(Kinds.Service, Self));
        _informers.Tell(new SubscribeInformer(Kinds.EndpointSlice, Self));
        _informers.Tell(new SubscribeInformer(Kinds.Namespace, Self));
    }

    private void Apply(IKubeObject value, bool removed)
    {
        switch (value)
        {
            case Service service:
                _ = removed ? _compiler.RemoveService(service) : _compiler.SetService(service);
                break;
            case EndpointSlice slice:
                _ = removed ? _compiler.RemoveSlice(slice) : _compiler.SetSlice(slice);
                break;
            case Namespace ns:
                _ = removed ? _compiler.RemoveNamespace(ns.Metadata.Name) : _compiler.SetNamespace(ns.Metadata.Name);
                break;
        }
    }

    private void Publish()
    {
        if (_unsynced.Count == 0) _feed.Publish(_compiler.Zone);
    }
}
