namespace ClusterEmu.Actors;

/// <summary>Something that accepts messages without waiting: delivery is at most once, in order per sender.</summary>
public interface ICanTell
{
    /// <summary>Sends a message. Never blocks and never reports whether the message arrived.</summary>
    void Tell(object message, IActorRef sender);
}

/// <summary>The address of one incarnation-independent actor. Safe to share between threads and to keep after its death.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>Where the actor lives in the tree, with the UID of this life of the name.</summary>
    ActorPath Path { get; }
}

/// <summary>Creates actors below itself and finds actors by path.</summary>
public interface IActorRefFactory
{
    /// <summary>Starts an actor. Without a name it gets one that starts with <c>$</c>.</summary>
    /// <exception cref="InvalidActorNameException">The name is taken, empty, or holds a forbidden character.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    ActorSelection ActorSelection(ActorPath actorPath);

    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Tell and Forward with the running actor as the sender.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends as the actor that is running on this thread, or as no one outside of actors.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current is { } cell ? cell : AmbientSender.Current!);

    /// <summary>Sends on a message with the sender that the running actor got it from.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current is { } cell ? cell.CurrentSender : ActorRefs.NoSender);
}

/// <summary>The sender of messages told outside of actors: no one, unless a test kit says that its test actor asks.</summary>
internal static class AmbientSender
{
    private static readonly AsyncLocal<IActorRef?> Chosen = new();
    private static bool _everChosen;

    public static IActorRef? Current
    {
        get => _everChosen ? Chosen.Value : null;
        set
        {
            _everChosen = true;
            Chosen.Value = value;
        }
    }
}

/// <summary>References that stand for no actor.</summary>
public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>Null: a message sent so has dead letters as its sender.</summary>
    public static readonly IActorRef NoSender = null!;
}
