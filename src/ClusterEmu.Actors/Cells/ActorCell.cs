namespace ClusterEmu.Actors;

/// <summary>
/// One actor as the runtime sees it: reference, context, mailbox, timers and stash in one object, so that an idle actor is small.
/// What an actor may never use (children, watches, timers, stash, receive timeout) is made at first use.
/// </summary>
internal sealed partial class ActorCell : ActorRefBase, IUntypedActorContext, ITimerScheduler, IStash, IThreadPoolWorkItem
{
    [ThreadStatic]
    private static ActorCell? _current;

    private readonly EmbeddedActorSystem _system;
    private readonly IInternalActorRef _parent;
    private readonly ActorPath _path;
    private readonly ActorDispatcher _dispatcher;
    private readonly Props _props;
    private ActorBase? _actor;
    private object? _currentMessage;
    private IActorRef? _sender;

    public ActorCell(EmbeddedActorSystem system, Props props, IInternalActorRef parent, ActorPath path, ActorDispatcher dispatcher)
    {
        _system = system;
        _props = props;
        _parent = parent;
        _path = path;
        _dispatcher = dispatcher;
    }

    /// <summary>The cell whose actor runs on this thread; null between messages and outside of actors.</summary>
    public static ActorCell? Current => _current;

    public override ActorPath Path => _path;

    public override EmbeddedActorSystem OwningSystem => _system;

    public override ActorCell Cell => this;

    public EmbeddedActorSystem System => _system;

    public IInternalActorRef ParentRef => _parent;

    public ActorBase? Actor => _actor;

    public Props ActorProps => _props;

    /// <summary>What stands for the actor in a simulation's trace; 0 until it is asked for.</summary>
    internal ulong TraceId { get; set; }

    /// <summary>Whether the event stream must forget it when it stops.</summary>
    internal bool IsSubscriber { get; set; }

    public bool IsTerminated => Volatile.Read(ref _closed);

    /// <summary>The sender of the message being handled; dead letters if it has none.</summary>
    public IActorRef CurrentSender => _sender ?? _system.DeadLetters;

    IActorRef IActorContext.Self => this;

    Props IActorContext.Props => _props;

    IActorRef IActorContext.Sender => CurrentSender;

    ActorSystem IActorContext.System => _system;

    IActorRef IActorContext.Parent => _parent;

    ActorSelection IActorRefFactory.ActorSelection(ActorPath actorPath) => _system.ActorSelection(actorPath);

    ActorSelection IActorRefFactory.ActorSelection(string actorPath) => _system.SelectFrom(this, actorPath);

    public override int GetHashCode() => _path.Uid.GetHashCode();

    private void PublishError(Exception? cause, string message) =>
        _system.EventStream.Publish(new Error(cause!, _path.ToString(), LogClass, message));

    private Type LogClass => _actor?.GetType() ?? _props.Type;
}
