using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>What happens in a simulated cluster, for invariants and reports. Listening changes nothing in the run.</summary>
public sealed class WorldEvents
{
    private readonly SimulatedExecutor _executor;
    private readonly List<(Type Type, Action<SimulatedProcess, IActorRef, object> Tell)> _observers = [];
    private readonly Dictionary<Type, Action<SimulatedProcess, IActorRef, object>[]> _byType = [];
    private Type? _lastType; // Most messages are of the type of the one before.
    private Action<SimulatedProcess, IActorRef, object>[] _lastConcerned = [];

    internal WorldEvents(SimulatedExecutor executor) => _executor = executor;

    /// <summary>A client asked the API for something.</summary>
    public Tap<ApiAsked> ApiAsked { get; } = new();

    /// <summary>A request reached the API server after the process that sent it had ended: its machine had kept it until a link healed.</summary>
    public Tap<ApiAsked> ArrivedLate { get; } = new();

    /// <summary>A client got an answer, or learned that none comes. Also for clients in the API server's own process.</summary>
    public Tap<ApiAnswered> ApiAnswered { get; } = new();

    /// <summary>A client got the answer that its write is done.</summary>
    public Tap<WriteAcknowledged> WriteAcknowledged { get; } = new();

    public Tap<WatchOpened> WatchOpened { get; } = new();

    public Tap<WatchDelivered> WatchDelivered { get; } = new();

    public Tap<WatchEnded> WatchEnded { get; } = new();

    public Tap<SiteStarted> SiteStarted { get; } = new();

    public Tap<SiteKilled> SiteKilled { get; } = new();

    /// <summary>Is told every message of a type, or of one derived from it, right before its actor handles it.</summary>
    /// <param name="observer">Gets the actor's process, the actor, and the message.</param>
    public IDisposable Observe<TMessage>(Action<SimulatedProcess, IActorRef, TMessage> observer)
    {
        var entry = (typeof(TMessage), (Action<SimulatedProcess, IActorRef, object>)((process, actor, message) => observer(process, actor, (TMessage)message)));
        _observers.Add(entry);
        Forget();
        if (_observers.Count == 1) _executor.Observer += OnStep;
        return new Handle(() =>
        {
            _observers.Remove(entry);
            Forget();
            if (_observers.Count == 0) _executor.Observer -= OnStep;
        });
    }

    private void OnStep(SimulatedProcess process, IActorRef actor, object? message)
    {
        if (message is null) return;
        var type = message.GetType();
        if (!ReferenceEquals(type, _lastType))
        {
            if (!_byType.TryGetValue(type, out var concerned))
                _byType[type] = concerned = [.. _observers.Where(observer => observer.Type.IsAssignableFrom(type)).Select(observer => observer.Tell)];
            (_lastType, _lastConcerned) = (type, concerned);
        }
        foreach (var tell in _lastConcerned) tell(process, actor, message);
    }

    private void Forget()
    {
        _byType.Clear();
        _lastType = null;
    }
}

/// <param name="Id">Of the call, unique in the run.</param>
/// <param name="Client">The process that asks.</param>
/// <param name="Call">What it asks.</param>
public sealed record ApiAsked(long Id, string Client, ApiCall Call);

/// <param name="Id">Of the call, as in <see cref="ApiAsked"/>.</param>
/// <param name="Client">The process that asked.</param>
/// <param name="Call">What it asked.</param>
/// <param name="Reply">What it is told.</param>
public sealed record ApiAnswered(long Id, string Client, ApiCall Call, ApiReply Reply);

/// <param name="Client">The process that wrote.</param>
/// <param name="Call">What it wrote.</param>
/// <param name="Reply">The success.</param>
public sealed record WriteAcknowledged(string Client, ApiCall Call, ApiReply Reply);

/// <param name="Stream">Unique in the run.</param>
/// <param name="Client">The process that watches.</param>
/// <param name="Call">What it watches, from which revision.</param>
public sealed record WatchOpened(long Stream, string Client, WatchCall Call);

/// <summary>An event reached a watcher.</summary>
/// <param name="Stream">As in <see cref="WatchOpened"/>.</param>
/// <param name="Revision">Of the change; of a bookmark: everything up to it was delivered.</param>
/// <param name="Event">What the watcher is told.</param>
public sealed record WatchDelivered(long Stream, long Revision, WatchEvent Event)
{
    /// <summary>Null for bookmarks.</summary>
    public ObjectKey? Key => Event.Object is { } value ? ObjectKey.Of(value) : null;

    public WatchEventType Type => Event.Type;
}

/// <param name="Stream">As in <see cref="WatchOpened"/>.</param>
/// <param name="Code">As in <see cref="WatchClosed"/>.</param>
public sealed record WatchEnded(long Stream, int Code)
{
    /// <summary>A fault ended it, and drew its code; the server did not.</summary>
    public bool IsDrawn { get; init; }
}

/// <param name="Site">The process.</param>
/// <param name="Life">1 for its first life.</param>
public sealed record SiteStarted(SimulatedSite Site, int Life);

/// <param name="Site">The process.</param>
/// <param name="Life">Which of its lives ended.</param>
public sealed record SiteKilled(SimulatedSite Site, int Life);
