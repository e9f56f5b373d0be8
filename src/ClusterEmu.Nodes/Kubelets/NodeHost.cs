namespace ClusterEmu.Nodes;

/// <summary>Whether a machine has power; read by what runs on it when it stops.</summary>
public sealed class NodePower
{
    private volatile bool _off;

    /// <summary>Off: what stops now stops in silence, as if unplugged.</summary>
    public bool IsOff
    {
        get => _off;
        set => _off = value;
    }
}

/// <summary>Puts a node's data path on the network and takes it off. The rim implements it.</summary>
public interface INodeSwitch
{
    void Connect(string node, IActorRef dataPath);

    /// <summary>From now on packets for the node are lost.</summary>
    void Disconnect(string node);
}

/// <summary>What a machine consists of, as recipes.</summary>
/// <param name="DataPath">The kernel's part.</param>
/// <param name="KubeProxy">Given the data path.</param>
/// <param name="Kubelet">Given the data path.</param>
public sealed record NodeParts(Func<Props> DataPath, Func<IActorRef, Props> KubeProxy, Func<IActorRef, Props> Kubelet);

/// <summary>One emulated machine: has data path, kube-proxy and kubelet running while it has power.</summary>
public sealed class NodeHost : ReceiveActor
{
    private readonly string _node;
    private readonly NodeParts _parts;
    private readonly INodeSwitch _switch;
    private readonly NodePower _power;
    private readonly IActorRef _dispatcher;
    private bool _running;
    private int _boots;

    /// <param name="node">Its name.</param>
    /// <param name="parts">What it consists of.</param>
    /// <param name="wire">Its network cable.</param>
    /// <param name="power">Told by this actor.</param>
    /// <param name="dispatcher">The process's <see cref="PodDispatcher"/>; tells of the annotation that is the power switch.</param>
    public NodeHost(string node, NodeParts parts, INodeSwitch wire, NodePower power, IActorRef dispatcher)
    {
        _node = node;
        _parts = parts;
        _switch = wire;
        _power = power;
        _dispatcher = dispatcher;
        Receive<PodDispatcher.NodeListed>(message => { Switch(NodeObjects.IsOff(message.Node)); });
        Receive<PodDispatcher.NodeSeen>(message => { Switch(NodeObjects.IsOff(message.Node)); });
        Receive<PodDispatcher.PodSeen>(_ => { });
    }

    public static Props PropsFor(string node, NodeParts parts, INodeSwitch wire, NodePower power, IActorRef dispatcher) =>
        Props.Create(() => new NodeHost(node, parts, wire, power, dispatcher));

    protected override void PreStart()
    {
        base.PreStart();
        // Nothing runs before it is known whether the node is to be off.
        _dispatcher.Tell(new PodDispatcher.Command.Join(_node, Self));
    }

    protected override void PostStop()
    {
        _switch.Disconnect(_node);
        base.PostStop();
    }

    private void Switch(bool off)
    {
        if (off == !_running) return;
        if (off) PowerOff();
        else Boot();
    }

    private void PowerOff()
    {
        _running = false;
        _power.IsOff = true;
        _switch.Disconnect(_node);
        foreach (var child in Context.GetChildren().ToList()) Context.Stop(child);
    }

    private void Boot()
    {
        _running = true;
        _boots++;
        _power.IsOff = false;
        var dataPath = Context.ActorOf(_parts.DataPath(), $"data-path-{_boots}");
        _switch.Connect(_node, dataPath);
        Context.ActorOf(_parts.KubeProxy(dataPath), $"kube-proxy-{_boots}");
        Context.ActorOf(_parts.Kubelet(dataPath), $"kubelet-{_boots}");
    }
}
