namespace ClusterEmu.Actors;

/// <summary>An actor that has something to do. Given to an <see cref="ActorDispatcher"/>, which runs it once.</summary>
public readonly struct RunnableActor
{
    private readonly ActorCell _cell;

    internal RunnableActor(ActorCell cell, bool continues)
    {
        _cell = cell;
        Continues = continues;
    }

    /// <summary>The actor used up its share and asks for another. It ought to queue behind the others.</summary>
    public bool Continues { get; }

    public IActorRef Actor => _cell;

    internal IThreadPoolWorkItem WorkItem => _cell;

    /// <summary>
    /// Runs the actor on this thread: all that its supervisor and the runtime told it, and up to <paramref name="messages"/>
    /// messages. If more wait, the actor is scheduled again before this returns. One thread may run an actor at a time.
    /// </summary>
    public void Run(int messages) => _cell.Run(messages);
}

/// <summary>Decides when and on which thread actors run. Give one to a system by <see cref="EmbeddedRuntimeSetup"/>.</summary>
public abstract class ActorDispatcher
{
    /// <summary>Messages that an actor handles in one go before others get their turn. At least 1.</summary>
    public virtual int Throughput => 1;

    /// <summary>
    /// True: what waits for an Ask goes on inside the call that answers it, on the dispatcher's own thread. False: on the thread pool.
    /// </summary>
    public virtual bool CompletesInline => false;

    /// <summary>Sees to it that the actor is run, once. Called from any thread; an actor is not scheduled again before its run.</summary>
    public abstract void Schedule(RunnableActor actor);

    /// <summary>
    /// Something was sent, on this thread, to an actor that needs no scheduling for it: it asked for this by <see cref="ActorCell.WatchSenders"/>,
    /// or it has ended, or it is none of the dispatcher's.
    /// </summary>
    internal virtual void Told(IActorRef recipient)
    {
    }
}

/// <summary>Runs actors on the .NET thread pool; the actor is its own work item.</summary>
internal sealed class LiveDispatcher(int throughput) : ActorDispatcher
{
    private const int LocalInARow = 31;

    [ThreadStatic]
    private static int _turn;

    public override int Throughput { get; } = throughput;

    /// <remarks>
    /// An actor woken by another goes to the front of this thread's own queue, which is fast while its message is in the cache. That
    /// queue is last in, first out: so that two actors that wake each other keep no third from running, every 32nd goes to the end of
    /// the pool's queue, and so does one that used up its share.
    /// </remarks>
    public override void Schedule(RunnableActor actor) =>
        ThreadPool.UnsafeQueueUserWorkItem(actor.WorkItem, preferLocal: !actor.Continues && (++_turn & LocalInARow) != 0);
}

/// <summary>Runs an actor inside the Tell that wakes it. For actors that only put messages into a queue.</summary>
internal sealed class CallerDispatcher : ActorDispatcher
{
    public static readonly CallerDispatcher Instance = new();

    public override int Throughput => int.MaxValue;

    [ThreadStatic]
    private static bool _runAgain;

    public override void Schedule(RunnableActor actor)
    {
        if (actor.Continues)
        {
            _runAgain = true; // Said at the end of the run below: a loop, so that a message still on its way costs no stack.
            return;
        }

        do
        {
            _runAgain = false;
            actor.Run(Throughput);
        }
        while (_runAgain);
    }
}
