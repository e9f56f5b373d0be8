using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Keeps the fabric's directory in step with the Nodes and the Leases of processes.</summary>
/// <remarks>Nodes change often and their addresses seldom: a directory is built only when an address, a range or a process changed.</remarks>
public sealed class DirectoryKeeper : ReceiveActor, IWithTimers
{
    /// <summary>Changes that come this close together make one directory.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<string, FabricNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FabricPeer> _peers = new(StringComparer.Ordinal);
    private readonly IActorRef _informers;
    private long _revision;
    private bool _waiting;

    public DirectoryKeeper(IActorRef informers, AddressPlan plan, Action<FabricDirectory> publish)
    {
        _informers = informers;
        Receive<InformerSynced>(message =>
        {
            foreach (var item in message.Items) Observe(item, present: true);
        });
        Receive<InformerChanged>(message => { Observe(message.Object, message.Type != WatchEventType.Deleted); });
        Receive<Publish>(_ =>
        {
            _waiting = false;
            publish(new FabricDirectory(++_revision, plan, _nodes.Values, _peers.Values));
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="informers">The process's InformerHub.</param>
    /// <param name="plan">The cluster's address ranges.</param>
    /// <param name="fabric">Gets each new directory.</param>
    public static Props PropsFor(IActorRef informers, AddressPlan plan, FabricProcess fabric)
    {
        Action<FabricDirectory> publish = directory => fabric.Directory = directory;
        return PropsFor(informers, plan, publish);
    }

    /// <param name="informers">The process's InformerHub.</param>
    /// <param name="plan">The cluster's address ranges.</param>
    /// <param name="publish">Gets each new directory, in the actor's turn.</param>
    public static Props PropsFor(IActorRef informers, AddressPlan plan, Action<FabricDirectory> publish) =>
        Props.Create(() => new DirectoryKeeper(informers, plan, publish));

    protected override void PreStart()
    {
        base.PreStart();
        _informers.Tell(new SubscribeInformer(Kinds.Node, Self));
        _informers.Tell(new SubscribeInformer(Kinds.Lease, Self));
    }

    private void Observe(IKubeObject value, bool present)
    {
        var changed = value switch
        {
            Node node => Put(_nodes, node.Metadata.Name, present ? FabricMemberReader.Read(node) : null, Same),
            Lease lease when FabricMemberReader.Read(lease) is { } peer => Put(_peers, peer.Name, present ? peer : null, (a, b) => a == b),
            _ => false,
        };
        if (!changed || _waiting) return;
        _waiting = true;
        Timers.StartSingleTimer("publish", Publish.Instance, Gathering);
    }

    private static bool Put<T>(Dictionary<string, T> map, string name, T? value, Func<T, T, bool> same) where T : class
    {
        if (value is null) return map.Remove(name);
        if (map.TryGetValue(name, out var known) && same(known, value)) return false;
        map[name] = value;
        return true;
    }

    private static bool Same(FabricNode a, FabricNode b) =>
        a.Name == b.Name && a.Process == b.Process && a.Zone == b.Zone && a.Powered == b.Powered
        && a.InternalIPs.SequenceEqual(b.InternalIPs) && a.ExternalIPs.SequenceEqual(b.ExternalIPs) && a.PodRanges.SequenceEqual(b.PodRanges);

    private sealed record Publish
    {
        public static readonly Publish Instance = new();
    }
}
