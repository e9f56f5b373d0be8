using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>A node process: its nodes' kubelets, kube-proxies, data paths and Pods.</summary>
public sealed class NodesSite : SimulatedSite, INetworkSite
{
    private readonly Dictionary<string, NodeTable> _tables = new(StringComparer.Ordinal);
    private readonly NodesOptions _options;

    internal NodesSite(SimulatedWorld world, NodesOptions options) : base(world, options.Process)
    {
        _options = options;
        Directory = FabricDirectory.EmptyOf(options.Plan);
        Nodes = [.. options.Machines(0).Select(machine => machine.Name)];
    }

    /// <summary>Who has which address, as far as this process has learnt.</summary>
    public FabricDirectory Directory { get; private set; }

    /// <summary>The names that its DNS Pods know; null while the process is down.</summary>
    public ZoneFeed? Names { get; private set; }

    /// <summary>The nodes that it hosts, in the order of their numbers.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>The table in force on a node of this process; null while it is not known, for the process is down or has just started.</summary>
    public NodeTable? TableOf(string node) => _tables.GetValueOrDefault(node);

    private protected override void Run(ActorSystem system, Determinism determinism)
    {
        var client = World.Options.Composition.Client(World, Name, new SimulatedKubeClient(World, Process!, $"system:node:{Name}"));
        var hub = system.ActorOf(InformerHub.PropsFor(client), "informers");
        Action<FabricDirectory> publish = directory => Directory = directory;
        system.ActorOf(DirectoryKeeper.PropsFor(hub, _options.Plan, publish), "directory-keeper");
        var names = new ZoneFeed();
        var parts = new NodesParts(
            _options, client, hub, World.Network.SwitchOf(this), new SimulatedListeners(new ZoneAnswers(names)).For, names, new ProcessRegistration(Name, "nodes", 0, null, null), 0);
        Names = names;
        var supervisor = system.ActorOf(NodesSupervisor.PropsFor(parts), $"nodes-of-{Name}");
        system.ActorOf(Props.Create(() => new TableFinder(this, supervisor)), "table-finder");
    }

    private protected override void Died()
    {
        World.Network.Forget(this);
        Directory = FabricDirectory.EmptyOf(_options.Plan);
        _tables.Clear();
        Names = null;
    }

    /// <summary>Asks the nodes for their tables once; they may be looked at from then on.</summary>
    private sealed class TableFinder : ReceiveActor
    {
        private readonly IActorRef _supervisor;

        public TableFinder(NodesSite site, IActorRef supervisor)
        {
            _supervisor = supervisor;
            Receive<NodesSupervisor.NodesListed>(listed =>
            {
                foreach (var (_, host) in listed.Hosts) host.Tell(new NodeHost.Command.ReadNetwork());
            });
            Receive<NodeHost.NetworkRead>(read => { site._tables[read.Table.Facts.Name] = read.Table; });
        }

        protected override void PreStart() => _supervisor.Tell(new NodesSupervisor.Command.ListNodes());
    }
}
