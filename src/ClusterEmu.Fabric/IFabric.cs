using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>The emulated network as code that awaits uses it. Implemented in <c>Rim/</c>; one per process.</summary>
public interface IFabric
{
    /// <summary>
    /// Opens an emulated TCP connection. Completes with an outcome, never throws for a network condition.
    /// A dropped packet is waited for until <paramref name="cancellationToken"/> fires: then the outcome is TimedOut.
    /// </summary>
    Task<DialResult> DialAsync(Dial dial, CancellationToken cancellationToken);

    /// <summary>Opens an emulated UDP socket whose datagrams go to <see cref="Dial.Destination"/>.</summary>
    Task<IDatagramChannel> OpenDatagramsAsync(Dial dial, CancellationToken cancellationToken);
}

/// <param name="From">The node that the packet leaves from; null for outside the cluster (only the edge process can).</param>
/// <param name="Origin">LocalPod, LocalHost or Outside.</param>
/// <param name="Source">The sender's address; the fabric picks an ephemeral port (32768–60999) that is free for this sender.</param>
/// <param name="Destination">Before any translation.</param>
/// <param name="Trace">Whether hops are collected.</param>
/// <param name="Sender">For traces: <c>pod/default/client</c>.</param>
public sealed record Dial(string? From, FlowOrigin Origin, Ip Source, IpPort Destination, bool Trace, string Sender);

public enum DialOutcome : byte
{
    Connected = 1,
    Refused = 2,
    TimedOut = 3,
    Reset = 4,
    Unreachable = 5,
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Connection">The stream, if connected. Disposing it closes the connection.</param>
/// <param name="Local">The sender's address and ephemeral port.</param>
/// <param name="Server">Who accepted: address after all translation; default if nobody did.</param>
/// <param name="ServerName">Who accepted, as in <see cref="IInboundListener.Owner"/>; empty if nobody did.</param>
/// <param name="Reason">Why it failed, in a sentence; empty if connected.</param>
/// <param name="Hops">The trace so far, if asked for.</param>
public sealed record DialResult(
    DialOutcome Outcome,
    Stream? Connection,
    IpPort Local,
    IpPort Server,
    string ServerName,
    string Reason,
    IReadOnlyList<TraceHop> Hops);

/// <summary>An emulated UDP socket, connected to one destination.</summary>
public interface IDatagramChannel : IAsyncDisposable
{
    IpPort Local { get; }
    IReadOnlyList<TraceHop> Hops { get; }

    ValueTask SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>The next datagram.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">ConnectionRefused: a port was unreachable (ICMP came back).</exception>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);
}

/// <summary>A connection as its server sees it.</summary>
/// <param name="Flow">Source and destination as the server sees them (after DNAT and SNAT).</param>
/// <param name="Stream">The server's end. Disposing it closes the connection.</param>
public sealed record InboundConnection(Flow Flow, Stream Stream);
