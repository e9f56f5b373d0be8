using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>What became of a client's request. The first are as <see cref="FastOutcome"/>.</summary>
public enum RequestOutcome : byte
{
    /// <summary>A server answered; <see cref="RequestDone.Status"/> says how.</summary>
    Answered = 1,
    Refused = 2,

    /// <summary>The client waited until its time-out.</summary>
    TimedOut = 3,
    Reset = 4,
    Unreachable = 5,

    /// <summary>The simulated network does not lead there: the API server, TLS.</summary>
    Unsupported = 6,

    /// <summary>The name server says that there is no such name.</summary>
    NameUnknown = 7,

    /// <summary>The name server failed, or could not be reached.</summary>
    NameFailed = 8,

    /// <summary>The name server did not answer in time.</summary>
    NameTimedOut = 9,

    /// <summary>Nothing was sent: the sender does not run, or the target has no address yet.</summary>
    NotSent = 10,
}

/// <summary>A client's request, from its beginning to its end. Times are virtual microseconds.</summary>
public readonly record struct RequestDone
{
    /// <summary>The client: <see cref="LoadSpec.Name"/>.</summary>
    public required string Client { get; init; }

    /// <summary>Who sent, as asked for: <c>pod/NS/NAME</c>, <c>node/NAME</c>, <c>outside</c>.</summary>
    public required string From { get; init; }
    public required string Url { get; init; }

    /// <summary>Counts the client's requests, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it began; name resolution included.</summary>
    public required long StartedAt { get; init; }

    /// <summary>When it was sent to the address; 0 if it was not.</summary>
    public long SentAt { get; init; }
    public required long EndedAt { get; init; }
    public required RequestOutcome Outcome { get; init; }

    /// <summary>HTTP status; may be set although the outcome is TimedOut: then the answer was lost.</summary>
    public int Status { get; init; }

    /// <summary>Who served: <c>pod/default/web-abc</c>; empty if nobody did. As <see cref="Status"/>.</summary>
    public string ServerName { get; init; }

    /// <summary>The sender's node; empty for outside.</summary>
    public string Node { get; init; }
    public IpPort Source { get; init; }

    /// <summary>Before any translation.</summary>
    public IpPort Destination { get; init; }

    /// <summary>As the server saw it, or where it ended.</summary>
    public Flow Flow { get; init; }

    /// <summary>The table that decided where it first met one.</summary>
    public long TableRevision { get; init; }

    /// <summary>The endpoint that was chosen, and by which node; null if none was.</summary>
    public FastChoice? Choice { get; init; }

    /// <summary>What decided, where no server answered.</summary>
    public DecisionCause Cause { get; init; }

    /// <summary>Questions that it took to resolve the name.</summary>
    public int Questions { get; init; }
}

/// <summary>A question to the cluster's DNS, as one datagram and its answer.</summary>
/// <param name="Client">The client.</param>
/// <param name="Name">Asked for.</param>
/// <param name="SentAt">Virtual microseconds.</param>
/// <param name="EndedAt">Virtual microseconds.</param>
/// <param name="Outcome">Dropped: no answer in time.</param>
/// <param name="Code">Of the answer; null without one.</param>
/// <param name="Node">The sender's node.</param>
/// <param name="Choice">The DNS Pod that was chosen; null if none was, or conntrack knew.</param>
public readonly record struct NameAsked(
    string Client, string Name, long SentAt, long EndedAt, FastOutcome Outcome, DnsCode? Code, string Node, FastChoice? Choice);
