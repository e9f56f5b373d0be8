using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Where the first packet of a flow ends up, as far as this process can tell.</summary>
internal abstract record RouteEnd
{
    private RouteEnd() { } // No cases outside this file.

    /// <summary>A listener of this process takes it.</summary>
    public sealed record Delivered(IInboundListener Listener, Flow Flow) : RouteEnd;

    /// <summary>Another process goes on with it.</summary>
    public sealed record Elsewhere(FabricPeer Peer, string Target, WireOrigin Origin, Flow Flow, int Ttl) : RouteEnd;

    /// <summary>It is for the API server.</summary>
    public sealed record ControlPlane(Flow Flow) : RouteEnd;

    /// <summary>It gets nowhere. TimedOut stands for a dropped packet.</summary>
    public sealed record Failed(DialOutcome Outcome, string Reason) : RouteEnd;
}

/// <summary>The data paths that a flow passed, each with the flow as it came there; told when it ends.</summary>
internal sealed class PassedNodes
{
    private readonly List<(IActorRef DataPath, Flow Flow, NodeLife? Life)> _passed = [];
    private Line? _line;
    private bool _closed;

    /// <summary>Whether one of them is without power now.</summary>
    public bool IsCut
    {
        get
        {
            lock (_passed)
            {
                foreach (var (_, _, life) in _passed)
                    if (life is { State: LineState.Silent }) return true;
                return false;
            }
        }
    }

    /// <param name="dataPath">Whose data path it is.</param>
    /// <param name="flow">The flow there.</param>
    /// <param name="life">The node's life when it was asked; null for outside, which does not die.</param>
    public void Add(IActorRef dataPath, Flow flow, NodeLife? life)
    {
        lock (_passed)
        {
            if (!_closed)
            {
                // A later datagram of the same flow may find the node in another life.
                var known = _passed.FindIndex(passed => passed.Flow == flow && passed.DataPath.Equals(dataPath));
                if (known < 0) _passed.Add((dataPath, flow, life));
                else _passed[known] = (dataPath, flow, life);
                return;
            }
        }
        dataPath.Tell(new CloseFlow(flow), ActorRefs.NoSender);
    }

    /// <summary>An end of the connection that falls silent with the nodes passed. All ends share their fate.</summary>
    public FabricStream Guard(FabricStream end)
    {
        lock (_passed)
        {
            if (_line is null)
            {
                NodeLife[] lives = [.. _passed.Select(passed => passed.Life).OfType<NodeLife>().Distinct()];
                if (lives.Length == 0) return end;
                _line = new Line(lives);
            }
            return _line.End(end);
        }
    }

    public void Close()
    {
        lock (_passed)
        {
            if (_closed) return;
            _closed = true;
        }
        _line?.Release();
        foreach (var (dataPath, flow, _) in _passed) dataPath.Tell(new CloseFlow(flow), ActorRefs.NoSender);
    }
}
