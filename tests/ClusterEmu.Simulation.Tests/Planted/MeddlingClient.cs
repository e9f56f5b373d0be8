using ClusterEmu.Client;

namespace ClusterEmu.Simulation.Tests;

/// <summary>A client that passes everything on, until a planted bug says otherwise.</summary>
internal sealed class MeddlingClient(IKubeClient inner) : IKubeClient
{
    private readonly Dictionary<string, int> _watches = new(StringComparer.Ordinal);

    /// <summary>Sees each call and may send another one, or none: then it has to answer.</summary>
    public Action<ApiCall, IActorRef, Action<ApiCall, IActorRef>> OnSend { get; init; } = static (call, replyTo, send) => send(call, replyTo);

    /// <summary>Sees each watch before it is opened, with how many of its kind this client opened before.</summary>
    public Func<WatchCall, int, WatchCall> OnWatch { get; init; } = static (call, _) => call;

    /// <summary>Who is told of a watch's events in the subscriber's place.</summary>
    public Func<WatchCall, IActorRef, IActorRef> OnSubscriber { get; init; } = static (_, subscriber) => subscriber;

    public void Send(ApiCall call, IActorRef replyTo) => OnSend(call, replyTo, inner.Send);

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        var before = _watches.GetValueOrDefault(call.Kind.QualifiedPlural);
        _watches[call.Kind.QualifiedPlural] = before + 1;
        return inner.Watch(OnWatch(call, before), OnSubscriber(call, subscriber));
    }
}

/// <summary>Stands before an actor and hands on what a planted bug lets through.</summary>
internal sealed class RelayRef(IActorRef target, Action<object, Action<object>> hand) : IActorRef
{
    public ActorPath Path => target.Path;

    public void Tell(object message, IActorRef sender) => hand(message, passed => target.Tell(passed, sender));

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => Path.GetHashCode();

    public int CompareTo(IActorRef? other) => target.CompareTo(other);

    public int CompareTo(object? obj) => target.CompareTo(obj);
}
