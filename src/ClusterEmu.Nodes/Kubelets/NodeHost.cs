using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>What a machine is made of.</summary>
/// <param name="Settings">Its name and addresses.</param>
/// <param name="Network">What the process's nodes share to get their tables.</param>
/// <param name="Kubelet">Makes its kubelet, given the data path.</param>
/// <param name="Switch">What its cable is plugged into.</param>
/// <param name="Power">Set by the <see cref="NodeHost"/>.</param>
/// <param name="Dispatcher">The process's <see cref="PodDispatcher"/>; tells of the annotation that is the power switch.</param>
public sealed record NodeHostParts(
    NodeSettings Settings,
    ProcessNetwork Network,
    Func<IActorRef, Props> Kubelet,
    INodeSwitch Switch,
    NodePower Power,
    IActorRef Dispatcher);

/// <summary>One emulated machine: has its data path, and kube-proxy and kubelet running while it has power.</summary>
public sealed class NodeHost : ReceiveActor, IWithTimers
{
    /// <summary>All that this actor accepts from others.</summary>
    public abstract record Command
    {
        private Command()
        {
        }

        /// <summary>Asks for the table in force. Reply: <see cref="NetworkRead"/>.</summary>
        public sealed record ReadNetwork : Command;
    }

    /// <param name="Table">The table in force; may be read at any time from then on.</param>
    /// <param name="On">Whether the machine has power.</param>
    public sealed record NetworkRead(NodeTable Table, bool On);

    /// <summary>A part that could not even start is tried again after this, as an init system does.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private readonly NodeHostParts _parts;
    private readonly NodeNetwork _network;
    private Node _node;
    private IActorRef? _kubeProxy;
    private IActorRef? _kubelet;
    private bool _wanted;
    private bool _on;
    private bool _toldOff;
    private int _starts;

    public NodeHost(NodeHostParts parts)
    {
        _parts = parts;
        _node = NodeObjects.WithAddresses(NodeObjects.New(parts.Settings), parts.Settings);
        _network = NodeNetwork.Create(Context, parts.Network, _node);
        Receive<PodDispatcher.NodeListed>(message => { Observe(message.Node); });
        Receive<PodDispatcher.NodeSeen>(message => { Observe(message.Node); });
        Receive<PodDispatcher.PodSeen>(_ => { });
        Receive<Command.ReadNetwork>(_ => { Sender.Tell(new NetworkRead(_network.Table, _on)); });
        Receive<Terminated>(message => { PartEnded(message.ActorRef); });
        Receive<StartAgain>(_ => { if (_on) StartParts(); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(NodeHostParts parts) => Props.Create(() => new NodeHost(parts));

    protected override void PreStart()
    {
        base.PreStart();
        _parts.Switch.Connect(_parts.Settings.Name, _network.DataPath);
        // Nothing else runs before it is known whether the node is to be off.
        _parts.Dispatcher.Tell(new PodDispatcher.Command.Join(_parts.Settings.Name, Self));
    }

    protected override void PostStop()
    {
        _parts.Switch.Disconnect(_parts.Settings.Name);
        base.PostStop();
    }

    private void Observe(Node? node)
    {
        _node = NodeObjects.WithAddresses(node ?? NodeObjects.New(_parts.Settings), _parts.Settings);
        _network.Observe(_node, _on ? _kubeProxy : null);
        _wanted = !NodeObjects.IsOff(node);
        if (_wanted) Boot();
        else PowerOff();
    }

    private void PowerOff()
    {
        if (_toldOff) return;
        var ran = _on;
        (_on, _toldOff) = (false, true);
        _parts.Power.IsOff = true;
        if (ran) _parts.Switch.Cut(_parts.Settings.Name); // Before anything stops that would say farewell.
        _network.DataPath.Tell(new DataPath.Command.SwitchPower(false));
        _network.Table.Publish(PublishedTable.None); // What a kube-proxy that still runs may publish is taken away when the node boots.
        if (_kubeProxy is not null) Context.Stop(_kubeProxy);
        if (_kubelet is not null) Context.Stop(_kubelet);
    }

    private void Boot()
    {
        // What ran before must be gone: its last messages would hit what runs next.
        if (_on || _kubelet is not null || _kubeProxy is not null) return;
        (_on, _toldOff) = (true, false);
        _parts.Power.IsOff = false;
        _parts.Switch.Restore(_parts.Settings.Name);
        _network.DataPath.Tell(new DataPath.Command.SwitchPower(true));
        _network.Table.Publish(PublishedTable.None); // By now nobody else publishes.
        StartParts();
    }

    private void StartParts()
    {
        _starts++;
        _kubeProxy ??= Context.Watch(Context.ActorOf(_network.KubeProxyFor(_node), $"kube-proxy-{_starts}"));
        _kubelet ??= Context.Watch(Context.ActorOf(_parts.Kubelet(_network.DataPath), $"kubelet-{_starts}"));
    }

    private void PartEnded(IActorRef part)
    {
        if (part.Equals(_kubelet)) _kubelet = null;
        if (part.Equals(_kubeProxy)) _kubeProxy = null;
        if (_on) Timers.StartSingleTimer(nameof(StartAgain), new StartAgain(), RetryPause); // Nobody asked it to end.
        else if (_wanted) Boot();
    }

    private sealed record StartAgain;
}
