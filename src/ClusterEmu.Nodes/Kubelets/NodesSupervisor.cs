using ClusterEmu.Client;

namespace ClusterEmu.Nodes;

/// <summary>What the nodes of a process need from outside.</summary>
/// <param name="Options">Which nodes, and how they behave.</param>
/// <param name="Client">The cluster's API.</param>
/// <param name="InformerHub">The process's informer hub.</param>
/// <param name="Switch">The emulated network.</param>
/// <param name="Listeners">Makes the listeners of one machine's containers.</param>
/// <param name="Names">Where the names of the cluster go.</param>
/// <param name="Registration">The process's entry in the API.</param>
/// <param name="KubeletPort">Of the process endpoint; 0 without one.</param>
public sealed record NodesParts(
    NodesOptions Options,
    IKubeClient Client,
    IActorRef InformerHub,
    INodeSwitch Switch,
    Func<NodePower, IWorkloadListeners> Listeners,
    ZoneFeed Names,
    ProcessRegistration Registration,
    int KubeletPort);

/// <summary>The parent of all that a nodes process runs.</summary>
public sealed class NodesSupervisor : ReceiveActor
{
    /// <summary>All that this actor accepts.</summary>
    public abstract record Command
    {
        private Command()
        {
        }

        /// <summary>Asks who is here. Reply: <see cref="NodesListed"/>.</summary>
        public sealed record ListNodes : Command;
    }

    /// <param name="Dispatcher">The process's <see cref="PodDispatcher"/>.</param>
    /// <param name="Hosts">The <see cref="NodeHost"/>s, in the order of their numbers.</param>
    public sealed record NodesListed(IActorRef Dispatcher, IReadOnlyList<(NodeSettings Settings, IActorRef Host)> Hosts);

    private readonly NodesListed _listed;

    public NodesSupervisor(NodesParts parts)
    {
        var options = parts.Options;
        var machines = options.Machines(parts.KubeletPort);
        var services = new ServiceBook();
        var client = new NamedKubeClient(parts.Client, "kubelet");
        var events = Context.ActorOf(EventRecorder.PropsFor(client), "events");
        var network = ProcessNetwork.Create(Context, parts.InformerHub, options.Plan, options.KubeProxy);
        Context.ActorOf(ClusterNames.PropsFor(parts.InformerHub, parts.Names, options.OutsideNames, options.ClusterDomain), "names");
        string[] nodes = [.. machines.Select(machine => machine.Name)];
        var dispatcher = Context.ActorOf(PodDispatcher.PropsFor(parts.InformerHub, services, nodes), "pods");
        Context.ActorOf(ProcessLease.PropsFor(parts.Client, parts.Registration), "process-lease");

        var hosts = new List<(NodeSettings, IActorRef)>();
        foreach (var machine in machines)
        {
            var power = new NodePower();
            Props Kubelet(IActorRef dataPath) => Nodes.Kubelet.PropsFor(
                machine,
                new PodRunnerContext
                {
                    Node = machine.Name,
                    NodeIP = machine.InternalIP,
                    Client = client,
                    Network = new PodNetwork(dataPath, machine.InternalIP),
                    Events = events,
                    Listeners = parts.Listeners(power),
                    Services = services,
                    Timings = options.Timings,
                },
                dispatcher);
            var host = new NodeHostParts(machine, network, Kubelet, parts.Switch, power, dispatcher);
            hosts.Add((machine, Context.ActorOf(NodeHost.PropsFor(host), machine.Name)));
        }

        _listed = new NodesListed(dispatcher, hosts);
        Receive<Command.ListNodes>(_ => { Sender.Tell(_listed); });
    }

    public static Props PropsFor(NodesParts parts) => Props.Create(() => new NodesSupervisor(parts));
}
