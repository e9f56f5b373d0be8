using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Where requests are sent from.</summary>
/// <param name="Name">For traces: <c>pod/default/client</c>, <c>node/node-1</c>, <c>outside/192.0.2.1</c>.</param>
/// <param name="Node">The node that the packets leave from; null for outside.</param>
/// <param name="Origin">LocalPod, LocalHost or Outside.</param>
/// <param name="Address">The source address.</param>
/// <param name="Names">How it resolves names.</param>
public sealed record RequestSender(string Name, string? Node, FlowOrigin Origin, Ip Address, NameSettings Names);

/// <summary>What a sender's /etc/resolv.conf and /etc/hosts say.</summary>
public sealed record NameSettings
{
    /// <summary>Asked over UDP, port 53; null: only <see cref="Hosts"/> are known.</summary>
    public Ip? Nameserver { get; init; }

    /// <summary>Domains appended to names: <c>default.svc.cluster.local</c>, <c>svc.cluster.local</c>, <c>cluster.local</c>.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>A name with at least so many dots is tried as it is first. Kubernetes: 5 in Pods; resolv.conf's default: 1.</summary>
    public int Dots { get; init; } = 1;

    /// <summary>Names known without asking, in lower case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Ip>> Hosts { get; init; } = new Dictionary<string, IReadOnlyList<Ip>>(StringComparer.Ordinal);
}

/// <summary>Knows the senders of a process. Nodes and edge implement it.</summary>
public interface IRequestSenders
{
    /// <param name="from">As in <see cref="RequestSpec.From"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="RequestRefusedException">This process has no such sender, or it cannot send now.</exception>
    ValueTask<RequestSender> FindAsync(string from, CancellationToken cancellationToken);
}

/// <summary>Requests that are not sent at all. The message says why and what would do.</summary>
/// <param name="code">The HTTP code of the answer: 400, 404 or 409.</param>
/// <param name="message">For people.</param>
public sealed class RequestRefusedException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
