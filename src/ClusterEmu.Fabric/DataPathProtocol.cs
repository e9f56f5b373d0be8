using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Where a packet meets a node's data path; decides which hooks (PREROUTING, OUTPUT) apply.</summary>
public enum FlowOrigin : byte
{
    /// <summary>A Pod of this node sends.</summary>
    LocalPod = 1,

    /// <summary>The node itself sends (host network).</summary>
    LocalHost = 2,

    /// <summary>It comes from another node, addressed to a Pod or to this node.</summary>
    Wire = 3,

    /// <summary>It comes from outside the cluster (cloud edge, load balancer), addressed to this node.</summary>
    Outside = 4,
}

/// <summary>Told to a node's data path actor: the first packet of a connection, or a datagram. Reply: <see cref="FlowVerdict"/>.</summary>
/// <param name="Origin">Where the packet comes from.</param>
/// <param name="Flow">Addresses before translation.</param>
/// <param name="Trace">Whether hops are wanted; without, <see cref="FlowVerdict.Hops"/> is empty.</param>
/// <param name="Tag">Handed back in the verdict.</param>
public sealed record OpenFlow(FlowOrigin Origin, Flow Flow, bool Trace, object? Tag = null);

/// <summary>Told to a node's data path actor when a connection that it opened ended, so that conntrack and counters let go. No reply.</summary>
public sealed record CloseFlow(Flow Original);

public enum FlowAction : byte
{
    /// <summary>Send on, with the translated addresses of <see cref="FlowVerdict.Translated"/>.</summary>
    Forward = 1,

    /// <summary>It has arrived: <see cref="FlowVerdict.Listener"/> takes it.</summary>
    Deliver = 2,

    /// <summary>An RST (TCP) or ICMP port unreachable (UDP) goes back: refused.</summary>
    Reject = 3,

    /// <summary>Nothing goes back: the sender times out.</summary>
    Drop = 4,

    /// <summary>ICMP host unreachable: no route, or no such neighbour.</summary>
    Unreachable = 5,
}

/// <param name="Action">What happens to the packet.</param>
/// <param name="Original">The flow as it came.</param>
/// <param name="Translated">The flow after DNAT and SNAT; equal to the original where nothing was translated.</param>
/// <param name="Listener">For <see cref="FlowAction.Deliver"/>: what accepts.</param>
/// <param name="Reason">Why, in a sentence, for errors and traces.</param>
/// <param name="TableRevision">The table that decided.</param>
/// <param name="Hops">What to add to the trace; times are filled in by the fabric.</param>
/// <param name="Tag">From the <see cref="OpenFlow"/>.</param>
public sealed record FlowVerdict(
    FlowAction Action,
    Flow Original,
    Flow Translated,
    IInboundListener? Listener,
    string Reason,
    long TableRevision,
    IReadOnlyList<TraceHop> Hops,
    object? Tag);

/// <summary>What takes connections and datagrams at one port of a Pod, node or outside host. Implementations belong to the rim.</summary>
public interface IInboundListener
{
    IpProtocol Protocol { get; }

    /// <summary>Who listens, for traces: <c>pod/default/web-abc</c>.</summary>
    string Owner { get; }

    /// <summary>Takes an accepted TCP connection. Must not block.</summary>
    void Accept(InboundConnection connection);

    /// <summary>Takes a datagram. <paramref name="reply"/> sends datagrams back to its sender. Must not block.</summary>
    void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply);
}
