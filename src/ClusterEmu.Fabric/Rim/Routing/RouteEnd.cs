using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Where the first packet of a flow ends up, as far as this process can tell.</summary>
internal abstract record RouteEnd
{
    private RouteEnd() { } // No cases outside this file.

    /// <summary>A listener of this process takes it.</summary>
    public sealed record Delivered(IInboundListener Listener, Flow Flow) : RouteEnd;

    /// <summary>Another process goes on with it.</summary>
    public sealed record Elsewhere(FabricPeer Peer, string Target, WireOrigin Origin, Flow Flow) : RouteEnd;

    /// <summary>It is for the API server.</summary>
    public sealed record ControlPlane(Flow Flow) : RouteEnd;

    /// <summary>It gets nowhere. TimedOut stands for a dropped packet.</summary>
    public sealed record Failed(DialOutcome Outcome, string Reason) : RouteEnd;
}

/// <summary>The data paths that a flow passed, each with the flow as it came there; told when it ends.</summary>
internal sealed class PassedNodes
{
    private readonly List<(IActorRef DataPath, Flow Flow)> _passed = [];
    private bool _closed;

    public void Add(IActorRef dataPath, Flow flow)
    {
        lock (_passed)
        {
            if (!_closed)
            {
                if (!_passed.Contains((dataPath, flow))) _passed.Add((dataPath, flow));
                return;
            }
        }
        dataPath.Tell(new CloseFlow(flow), ActorRefs.NoSender);
    }

    public void Close()
    {
        lock (_passed)
        {
            if (_closed) return;
            _closed = true;
        }
        foreach (var (dataPath, flow) in _passed) dataPath.Tell(new CloseFlow(flow), ActorRefs.NoSender);
    }
}
