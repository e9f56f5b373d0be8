using ClusterEmu.Client;
using ClusterEmu.Hosting;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>A node process: its nodes' kubelets, kube-proxies, data paths and Pods.</summary>
public sealed class NodesSite : SimulatedSite
{
    private readonly NodesOptions _options;

    internal NodesSite(SimulatedWorld world, NodesOptions options) : base(world, options.Process)
    {
        _options = options;
        Nodes = [.. options.Machines(0).Select(machine => machine.Name)];
    }

    /// <summary>The nodes that it hosts, in the order of their numbers.</summary>
    public IReadOnlyList<string> Nodes { get; }

    private protected override void Run(ActorSystem system, Determinism determinism)
    {
        var client = World.Options.Composition.Client(World, Name, new SimulatedKubeClient(World, Process!, $"system:node:{Name}"));
        var hub = system.ActorOf(InformerHub.PropsFor(client), "informers");
        var names = new ZoneFeed();
        var parts = new NodesParts(
            _options, client, hub, World.Network.SwitchOf(this), new SimulatedListeners(names).For, names, new ProcessRegistration(Name, "nodes", 0, null, null), 0);
        system.ActorOf(NodesSupervisor.PropsFor(parts), $"nodes-of-{Name}");
    }

    private protected override void Died() => World.Network.Forget(this);
}
