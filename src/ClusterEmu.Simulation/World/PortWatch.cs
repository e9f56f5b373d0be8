using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>
/// The edge's view of one node's ports, over links: each change travels, a check each second finds out whether the node still answers, and
/// while it does not, it is tried again. What a connection between the two processes does in the live cluster.
/// </summary>
internal sealed class PortWatch : SimulatedWork, IDisposable
{
    private const long CheckMicroseconds = 1_000_000;
    private const long RetryMicroseconds = 250_000;
    private const int ChecksUntilLost = 2;

    private readonly SimulatedWorld _world;
    private readonly NetworkPort _port;
    private readonly string _node;
    private readonly IActorRef _subscriber;
    private readonly SimulatedProcess _edge;
    private IActorRef? _relay;
    private int _life;
    private int _missed;
    private long _notBefore;
    private PortStatesFrame? _unsent;
    private bool _disposed;

    public PortWatch(SimulatedWorld world, string node, IActorRef subscriber, SimulatedProcess edge)
    {
        (_world, _node, _subscriber, _edge) = (world, node, subscriber, edge);
        _port = world.Network.PortOf(node);
        world.Executor.At(world.Now, this, 0);
    }

    public void Dispose()
    {
        _disposed = true;
        Drop();
    }

    protected override void Run(long tag)
    {
        if (_disposed || !_edge.IsAlive) return;
        var there = Trip("edge", _node);
        var back = Trip(_node, "edge");
        if (_relay is not null && _port.Life != _life && there is not null) Lost($"The data path of node {_node} stopped.");
        else if (_relay is not null && (there is null || back is null)) Missed();
        else _missed = 0;

        if (_relay is null && _port.DataPath is { } dataPath && there is not null && back is not null) Open(dataPath);
        if (_relay is not null && _unsent is { } frame) Forward(frame);
        _world.Executor.At(_world.Now + (_relay is null ? RetryMicroseconds : CheckMicroseconds), this, 0);
    }

    private long? Trip(string from, string to) => _world.Links.Travel(from, to);

    private void Open(IActorRef dataPath)
    {
        var watch = this;
        _life = _port.Life;
        _missed = 0;
        _relay = _port.Site!.Actors!.ActorOf(Props.Create(() => new Relay(watch, dataPath)));
    }

    private void Missed()
    {
        if (++_missed >= ChecksUntilLost) Lost($"Node {_node} does not answer.");
    }

    private void Lost(string reason)
    {
        Drop();
        _subscriber.Tell(new PortStatesLost(_node, reason), ActorRefs.NoSender);
    }

    private void Drop()
    {
        if (_relay is { } relay && _port.Life == _life) _port.Site?.Actors?.Stop(relay);
        (_relay, _unsent) = (null, null);
    }

    /// <summary>A stream: what was sent later arrives later. What is lost is sent again with the next check.</summary>
    private void Forward(PortStatesFrame frame)
    {
        _unsent = frame;
        if (Trip(_node, "edge") is not { } travel) return;
        _unsent = null;
        _notBefore = Math.Max(_notBefore, _world.Now + travel);
        var relay = _relay;
        _world.Executor.At(_notBefore, () =>
        {
            if (!_disposed && _edge.IsAlive && ReferenceEquals(_relay, relay)) _subscriber.Tell(frame, ActorRefs.NoSender);
        });
    }

    /// <summary>At the node's side.</summary>
    private sealed class Relay : ReceiveActor
    {
        private readonly IActorRef _dataPath;

        public Relay(PortWatch watch, IActorRef dataPath)
        {
            _dataPath = dataPath;
            Receive<PortStatesFrame>(frame =>
            {
                if (watch._relay is { } relay && relay.Equals(Self)) watch.Forward(frame);
            });
        }

        protected override void PreStart() => _dataPath.Tell(new WatchPortStates(Self));
    }
}
