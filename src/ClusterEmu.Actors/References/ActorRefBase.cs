namespace ClusterEmu.Actors;

/// <summary>What the runtime needs of a reference beyond the public contract.</summary>
internal interface IInternalActorRef : IActorRef
{
    /// <summary>The system that made the reference, or null for references outside of any system.</summary>
    EmbeddedActorSystem? OwningSystem { get; }

    /// <summary>The cell behind the reference, or null if no actor stands behind it.</summary>
    ActorCell? Cell { get; }

    void SendSignal(Signal signal);
}

/// <summary>Equality, order and text of references: a reference equals another of the same path and UID.</summary>
internal abstract class ActorRefBase : IInternalActorRef
{
    public abstract ActorPath Path { get; }

    public virtual EmbeddedActorSystem? OwningSystem => null;

    public virtual ActorCell? Cell => null;

    public void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException($"A message to {Path} is null. Send a value; use a record without fields for a bare signal.");
        TellInternal(message, sender);
    }

    protected abstract void TellInternal(object message, IActorRef? sender);

    public virtual void SendSignal(Signal signal)
    {
    }

    public bool Equals(IActorRef? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null) return false;
        if (other is ActorCell && this is ActorCell) return false; // Each incarnation of a name is one cell.
        var path = Path;
        var otherPath = other.Path;
        return path.Uid == otherPath.Uid && path.Equals(otherPath);
    }

    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is IActorRef other && Equals(other));

    public override int GetHashCode() => Path.GetHashCode();

    public int CompareTo(IActorRef? other)
    {
        if (other is null) return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException($"An actor reference cannot be compared with a {obj.GetType()}.", nameof(obj)),
    };

    public override string ToString() => Path.Uid == ActorPath.UndefinedUid ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";
}

/// <summary>The sender of messages that have none and the answer of a search that found none. Ignores all it is sent.</summary>
public sealed class Nobody : IActorRef
{
    public static readonly Nobody Instance = new();

    private Nobody()
    {
    }

    public ActorPath Path { get; } = new RootPath(Address.AllSystems, "/").Child("Nobody");

    void ICanTell.Tell(object message, IActorRef sender)
    {
    }

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => ReferenceEquals(this, other);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => other is null ? 1 : Path.CompareTo(other.Path);

    int IComparable.CompareTo(object? obj) => obj is IActorRef other ? Path.CompareTo(other.Path) : 1;

    public override string ToString() => "Nobody";
}
