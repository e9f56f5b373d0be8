using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>The Kubernetes API as actors use it: what completes later completes as a message.</summary>
public interface IKubeClient
{
    /// <summary>Sends a request. One <see cref="ApiReply"/> is told to <paramref name="replyTo"/>, also when the server is away.</summary>
    void Send(ApiCall call, IActorRef replyTo);

    /// <summary>
    /// Opens a watch. <paramref name="subscriber"/> is told <see cref="WatchEvent"/>s in order, and one
    /// <see cref="WatchClosed"/> at the end, whoever ended it.
    /// </summary>
    IWatch Watch(WatchCall call, IActorRef subscriber);
}

/// <summary>The same API for code that awaits: command lines, tests, the rim.</summary>
public interface IAsyncKubeClient : IKubeClient
{
    /// <summary>Never throws for an answer of the server or its absence: see <see cref="ApiReply.Code"/>.</summary>
    Task<ApiReply> SendAsync(ApiCall call, CancellationToken cancellationToken = default);
}

/// <summary>An open watch. Disposing it closes it; doing so twice is harmless.</summary>
public interface IWatch : IDisposable;

public sealed record WatchCall
{
    public required KindInfo Kind { get; init; }
    public string? Namespace { get; init; }

    /// <summary>The watch starts strictly after this revision.</summary>
    public required string ResourceVersion { get; init; }
    public string? LabelSelector { get; init; }
    public string? FieldSelector { get; init; }
    public object? Tag { get; init; }
}

public enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Carries a resourceVersion only: everything up to it was delivered.</summary>
    Bookmark,
}

public sealed record WatchEvent(WatchCall Call, WatchEventType Type, IKubeObject? Object, string ResourceVersion)
{
    /// <summary>Set: the event is of an object that cannot be decoded, and <see cref="Object"/> is null.</summary>
    public UnreadableObject? Unreadable { get; init; }
}

/// <summary>An object that the server has and this program cannot decode.</summary>
/// <param name="Key">Which one.</param>
/// <param name="ResourceVersion">Its revision.</param>
/// <param name="Why">What is wrong with it.</param>
public sealed record UnreadableObject(ObjectKey Key, string ResourceVersion, string Why);

/// <param name="Call">The watch that ended.</param>
/// <param name="Code">410 if the history is gone: list again. 0 if the connection broke: watch on from the last revision seen.</param>
/// <param name="Message">Why, for a log line.</param>
public sealed record WatchClosed(WatchCall Call, int Code, string Message);
