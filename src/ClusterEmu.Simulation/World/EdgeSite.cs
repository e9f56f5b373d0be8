using ClusterEmu.Client;
using ClusterEmu.Edge;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>The edge process: the cloud's load balancers, and the hosts outside.</summary>
public sealed class EdgeSite : SimulatedSite, INetworkSite
{
    private readonly EdgeOptions _options;

    internal EdgeSite(SimulatedWorld world, EdgeOptions options) : base(world, "edge")
    {
        _options = options;
        Directory = FabricDirectory.EmptyOf(options.Plan);
    }

    /// <summary>Who has which address, as far as the edge has learnt.</summary>
    public FabricDirectory Directory { get; private set; }

    /// <summary>What the router last gave its load balancers; null while the process is down or has just started.</summary>
    public EdgeSnapshot? Cluster { get; private set; }

    private protected override void Run(ActorSystem system, Determinism determinism)
    {
        var client = World.Options.Composition.Client(World, Name, new SimulatedKubeClient(World, Process!, "system:clusteremu:edge"));
        var hub = system.ActorOf(InformerHub.PropsFor(client), "informers");
        Action<FabricDirectory> publish = directory => Directory = directory;
        system.ActorOf(DirectoryKeeper.PropsFor(hub, _options.Plan, publish), "directory-keeper");
        var hosts = _options.OutsideHosts.Select(OutsideHost.Parse).ToList();
        var router = system.ActorOf(EdgeRouter.PropsFor(new EdgeRouterSetup
        {
            Informers = hub,
            Plan = _options.Plan,
            LoadBalancer = _options.LoadBalancer,
            HealthAsker = new FastHealthAsker(World.Network.FromEdge),
            Hosts = hosts.SelectMany(host => host.Addresses.Select(ip => (ip, host))).DistinctBy(pair => pair.ip).ToDictionary(pair => pair.ip, pair => pair.host),
            HostListeners = new SnapshotPort(system.DeadLetters.Path, snapshot => Cluster = snapshot),
            ListenerFor = (host, ip, answer) => new OutsidePort(host, ip, answer),
        }), "router");
        World.Network.Edge.Plug(this, router);
        system.ActorOf(ProcessLease.PropsFor(client, new ProcessRegistration(Name, "edge", 0, null, null)), "process-lease");
    }

    private protected override void Died()
    {
        World.Network.Edge.Unplug();
        Cluster = null;
        Directory = FabricDirectory.EmptyOf(_options.Plan);
    }

    /// <summary>Takes snapshots where the live edge has an actor that opens sockets: no step of the run, so that looking changes nothing.</summary>
    private sealed class SnapshotPort(ActorPath path, Action<EdgeSnapshot> take) : IActorRef
    {
        public ActorPath Path => path;

        public void Tell(object message, IActorRef sender) => take((EdgeSnapshot)message);

        public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => path.GetHashCode();

        public int CompareTo(IActorRef? other) => path.CompareTo(other?.Path);

        public int CompareTo(object? obj) => CompareTo(obj as IActorRef);
    }

    private sealed class OutsidePort(OutsideHost host, Ip address, OutsideAnswer answer) : IFastListener
    {
        public IpProtocol Protocol => IpProtocol.Tcp;
        public string Owner => OutsideRoutes.OwnerOf(host, address);

        public void Answer(FastRequest request, DateTimeOffset now) => OutsideText.Answer(request, host, answer);

        public void Accept(InboundConnection connection) =>
            throw new NotSupportedException("A simulation has no connections: send a FastRequest.");

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) =>
            throw new NotSupportedException($"{host.Name} takes TCP connections only.");
    }
}
