using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>What became of a <see cref="FastRequest"/>. The first five are numbered as <see cref="DialOutcome"/>.</summary>
public enum FastOutcome : byte
{
    /// <summary>It is still on its way.</summary>
    Pending = 0,

    /// <summary>The server answered: <see cref="FastRequest.Status"/> says how.</summary>
    Answered = 1,
    Refused = 2,

    /// <summary>A packet was lost: the client would have waited until its time-out (<see cref="FastRequest.TimeoutMicroseconds"/>).</summary>
    Dropped = 3,
    Reset = 4,
    Unreachable = 5,

    /// <summary>The fast path does not lead there, which says nothing about the network: <see cref="FastRequest.Reason"/> names what to use instead.</summary>
    Unsupported = 6,
}

/// <summary>
/// A whole HTTP request over a connection of its own, or a datagram and its answer, as one message that carries its own answer: for load runs
/// and simulation. It goes from data path to data path and then back to whoever sent it (<see cref="IFastNetwork.Send"/>); whoever has it owns it.
/// </summary>
/// <remarks>
/// Mutable, to be used again and again by its client, so that a request costs no object: set what is asked, send, read the answer, change, send.
/// The connection opens, is used and closes in one instant at every node that it passes, so that it never holds a place in conntrack while
/// others arrive; nor while it comes back to a node that it has passed: there a connection would need two places. (A datagram's exchange does,
/// for as long as conntrack keeps UDP.) On the live network time is a number: a lost packet comes back at once as <see cref="FastOutcome.Dropped"/>, and the client books
/// <see cref="WaitedMicroseconds"/> instead of waiting. Only a node whose data path stops with the request in its mailbox never gives it back;
/// a client that must know needs a timer of its own. Not thread-safe.
/// </remarks>
public sealed class FastRequest
{
    private List<TraceHop>? _hops;
    private bool _metTable;

    /// <summary>The node that the request leaves from, or, with <see cref="FlowOrigin.Outside"/>, the node that it comes to.</summary>
    public string From { get; set; } = "";

    /// <summary>LocalPod, LocalHost or Outside.</summary>
    public FlowOrigin SentBy { get; set; } = FlowOrigin.LocalPod;

    /// <summary>The client's address and port; a port of its own for every request that is on its way.</summary>
    public IpPort Source { get; set; }

    /// <summary>Before any translation.</summary>
    public IpPort Destination { get; set; }

    /// <summary>TCP: an HTTP request. UDP: a datagram, which is <see cref="Payload"/>.</summary>
    public IpProtocol Protocol { get; set; } = IpProtocol.Tcp;

    /// <summary>With UDP: what is sent. It must not change until the request is back.</summary>
    public ReadOnlyMemory<byte> Payload { get; set; }

    /// <summary>In capitals.</summary>
    public string Method { get; set; } = "GET";

    /// <summary>Decoded, begins with a slash.</summary>
    public string Path { get; set; } = "/";

    /// <summary>As sent, without the question mark.</summary>
    public string Query { get; set; } = "";
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; set; } = [];

    /// <summary>Size of the body that goes with the request, 0 or more; the body itself does not travel.</summary>
    public long BodyBytes { get; set; }

    /// <summary>How long the client would wait for a lost packet; 0 or more.</summary>
    public long TimeoutMicroseconds { get; set; } = 5_000_000;

    /// <summary>Whether hops and reasons are wanted; both cost memory.</summary>
    public bool Trace { get; set; }

    /// <summary>The client's own clock at sending, if it wants hops with times.</summary>
    public long SentAtMicroseconds { get; set; }

    /// <summary>The client's own.</summary>
    public object? Tag { get; set; }

    public FastOutcome Outcome { get; private set; }

    /// <summary>What decided, where no server answered; Routed if one did.</summary>
    public DecisionCause Cause { get; private set; }

    /// <summary>Why no server answered: always for <see cref="FastOutcome.Unsupported"/>, else only with <see cref="Trace"/>.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>HTTP status; 0 without an answer.</summary>
    public int Status { get; private set; }
    public string ContentType { get; private set; } = "";

    /// <summary>The answer's headers besides Content-Type, Content-Length and Date.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AnswerHeaders { get; private set; } = [];

    /// <summary>The answer's body; empty where HTTP sends none.</summary>
    public string Body { get; private set; } = "";

    /// <summary>With UDP: the datagram that came back.</summary>
    public ReadOnlyMemory<byte> AnswerPayload { get; private set; }

    /// <summary>Size of <see cref="Body"/> as sent (UTF-8).</summary>
    public int AnswerBytes => Encoding.UTF8.GetByteCount(Body);

    /// <summary>Who answered, as <see cref="IInboundListener.Owner"/>; empty if nobody did.</summary>
    public string ServerName { get; private set; } = "";

    /// <summary>The table that decided where the request first met one.</summary>
    public long TableRevision { get; private set; }

    /// <summary>The endpoint that was chosen for it; null if none was. If several nodes chose, the last one's choice.</summary>
    public FastChoice? Choice { get; private set; }

    /// <summary>What the request took by emulated time: the client's time-out if it was lost.</summary>
    public long WaitedMicroseconds => Outcome == FastOutcome.Dropped ? TimeoutMicroseconds : 0;

    /// <summary>What was done to it; empty without <see cref="Trace"/>.</summary>
    public IReadOnlyList<TraceHop> Hops => _hops ?? (IReadOnlyList<TraceHop>)[];

    /// <summary>Where the packet meets the data path that has it now.</summary>
    public FlowOrigin Origin { get; private set; }

    /// <summary>Its addresses there; once answered, as the server saw them.</summary>
    public Flow Flow { get; private set; }

    /// <summary>How many data paths it has met.</summary>
    public int Passes { get; private set; }

    /// <summary>The network that it travels; null before it was first sent.</summary>
    public IFastNetwork? Network { get; private set; }

    /// <summary>The network's own, while the request is on its way.</summary>
    public object? Carriage { get; set; }

    /// <summary>For networks: it is on its way from now on, and remembers nothing of an earlier one.</summary>
    public void Begin(IFastNetwork network)
    {
        Network = network;
        Origin = SentBy;
        Flow = new Flow(Protocol, Source, Destination);
        Passes = 0;
        Choice = null;
        AnswerPayload = default;
        _metTable = false;
        Outcome = FastOutcome.Pending;
        Cause = DecisionCause.Routed;
        Status = 0;
        TableRevision = 0;
        Reason = ContentType = Body = ServerName = "";
        AnswerHeaders = [];
        _hops = null;
    }

    /// <summary>A data path has it, whose table is of that revision.</summary>
    public void Meet(long revision)
    {
        Passes++;
        if (_metTable) return;
        _metTable = true;
        TableRevision = revision;
    }

    /// <summary>The edge has it, which has no table.</summary>
    public void MeetEdge() => Passes++;

    /// <summary>A node chose an endpoint for it.</summary>
    public void Choose(string node, in Decision decision, long now) =>
        Choice = new FastChoice(node, decision.Revision, decision.Entry!, decision.Endpoint!, decision.Choice, decision.Original, decision.LocalOnly, now);

    /// <summary>For networks: it goes on with these addresses.</summary>
    public void MoveTo(FlowOrigin origin, in Flow flow)
    {
        Origin = origin;
        Flow = flow;
    }

    /// <summary>It has arrived; <see cref="Answer"/>, or one of the other ends, follows.</summary>
    public void Arrive(in Flow flow, string serverName)
    {
        Flow = flow;
        ServerName = serverName;
    }

    /// <summary>A server answered.</summary>
    public void Answer(int status, string contentType, IReadOnlyList<KeyValuePair<string, string>> headers, string body)
    {
        Outcome = FastOutcome.Answered;
        Status = status;
        ContentType = contentType;
        AnswerHeaders = headers;
        Body = body;
    }

    /// <summary>A datagram came back.</summary>
    public void AnswerDatagram(ReadOnlyMemory<byte> payload)
    {
        Outcome = FastOutcome.Answered;
        AnswerPayload = payload;
    }

    /// <summary>For networks: its answer was lost. What the server did stays to be seen in <see cref="ServerName"/> and <see cref="Status"/>.</summary>
    public void LoseAnswer()
    {
        Outcome = FastOutcome.Dropped;
        Cause = DecisionCause.Routed;
    }

    /// <summary>Nobody answers.</summary>
    public void Fail(FastOutcome outcome, DecisionCause cause, string reason)
    {
        Outcome = outcome;
        Cause = cause;
        Reason = reason;
        if (outcome != FastOutcome.Reset) ServerName = "";
    }

    /// <summary>Adds hops, if they are wanted.</summary>
    /// <param name="hops">Their times are replaced.</param>
    /// <param name="now">The clock that <see cref="SentAtMicroseconds"/> was read from.</param>
    public void AddHops(IReadOnlyList<TraceHop> hops, long now)
    {
        if (!Trace) return;
        _hops ??= [];
        foreach (var hop in hops) _hops.Add(hop with { AtMicroseconds = Math.Max(0, now - SentAtMicroseconds) });
    }
}

/// <summary>Which endpoint a node chose for a request.</summary>
/// <param name="Node">The node whose table decided.</param>
/// <param name="TableRevision">That table.</param>
/// <param name="Entry">What matched there.</param>
/// <param name="Endpoint">What was chosen.</param>
/// <param name="Method">How.</param>
/// <param name="Original">The addresses with which the request came to that node.</param>
/// <param name="LocalOnly">The candidates were the node's own (policy Local).</param>
/// <param name="AtMicroseconds">When, by the node's clock.</param>
public readonly record struct FastChoice(
    string Node, long TableRevision, TableEntry Entry, TableEndpoint Endpoint, ChoiceMethod Method, Flow Original, bool LocalOnly, long AtMicroseconds);

/// <summary>A listener that also answers requests of the fast path, as it answers those that come over connections.</summary>
public interface IFastListener : IInboundListener
{
    /// <summary>Ends the request: answers it, or fails it. Called in the turn of the node's data path: pure, quick, and it must not throw.</summary>
    /// <param name="request">It has arrived here.</param>
    /// <param name="now">The server's clock.</param>
    void Answer(FastRequest request, DateTimeOffset now);
}
