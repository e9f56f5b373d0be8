using System.Runtime.ExceptionServices;

namespace ClusterEmu.Actors;

internal sealed partial class ActorCell
{
    private const int Idle = 0;
    private const int Scheduled = 1;
    private const int Watched = 2; // As Scheduled; and the dispatcher is told of each message that comes until the run.

    private static readonly Signal ClosedSignals = new Signal.Closed();

    private MessageQueue _queue;
    private QueuedMessage? _unstashed; // Taken before the queue. The actor's own thread only.
    private Signal? _signals; // A stack of producers, newest first; ClosedSignals once the actor is gone.
    private Queue<Signal>? _deferred;
    private int _state;
    private int _suspended; // How often suspended. The actor's own thread only.
    private bool _closed;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (Volatile.Read(ref _closed))
        {
            _system.ReportDeadLetter(message, sender, this);
            return;
        }

        _queue.Enqueue(new QueuedMessage(message, sender));
        if (Volatile.Read(ref _state) != Scheduled) TrySchedule();
    }

    public override void SendSignal(Signal signal)
    {
        while (true)
        {
            var newest = Volatile.Read(ref _signals);
            if (ReferenceEquals(newest, ClosedSignals))
            {
                AnswerForTheDead(signal);
                return;
            }

            signal.Next = newest;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _signals, signal, newest), newest)) break;
        }

        if (Volatile.Read(ref _state) != Scheduled) TrySchedule();
    }

    private void TrySchedule()
    {
        var before = Interlocked.CompareExchange(ref _state, Scheduled, Idle);
        if (before == Idle) _dispatcher.Schedule(new RunnableActor(this, continues: false));
        else if (before == Watched) _dispatcher.Told(this);
    }

    /// <summary>From now until the cell has run, its dispatcher is told of each message. For dispatchers, while they are asked to schedule it.</summary>
    internal void WatchSenders() => Volatile.Write(ref _state, Watched);

    void IThreadPoolWorkItem.Execute() => Run(_dispatcher.Throughput);

    /// <summary>Handles all signals and up to <paramref name="throughput"/> messages, then schedules the cell again if more wait.</summary>
    internal void Run(int throughput)
    {
        var outer = _current;
        _current = this;
        try
        {
            RunBatch(throughput);
        }
        finally
        {
            _current = outer;
        }

        if (HasWork)
        {
            _dispatcher.Schedule(new RunnableActor(this, continues: true));
            return;
        }

        Interlocked.Exchange(ref _state, Idle);
        if (HasWork) TrySchedule(); // A producer may have seen the cell as running.
    }

    /// <summary>Messages that wait, counted up to a bound. For the thread that may run the cell.</summary>
    internal int CountMessages(int bound) => _queue.CountUpTo(bound);

    /// <summary>What <see cref="Run"/> would handle first; null if that is a signal. For the thread that may run the cell.</summary>
    internal object? NextMessage
    {
        get
        {
            var signals = Volatile.Read(ref _signals);
            if (signals is not null && !ReferenceEquals(signals, ClosedSignals)) return null;
            return _unstashed?.Message ?? _queue.Oldest;
        }
    }

    private bool HasWork
    {
        get
        {
            var signals = Volatile.Read(ref _signals);
            if (signals is not null && !ReferenceEquals(signals, ClosedSignals)) return true;
            return (_suspended == 0 || _closed) && (_queue.HasMessages || _unstashed is not null);
        }
    }

    private void RunBatch(int throughput)
    {
        if (Volatile.Read(ref _signals) is not null) HandleSignals();
        for (var handled = 0; handled < throughput && _suspended == 0 && !_closed; handled++)
        {
            if (!TryTake(out var message, out var sender)) break;
            Invoke(message, sender);
            if (Volatile.Read(ref _signals) is not null) HandleSignals();
        }

        if (_closed) DrainToDeadLetters();
    }

    private bool TryTake(out object message, out IActorRef? sender)
    {
        if (_unstashed is not { } first) return _queue.TryDequeue(out message, out sender);
        _unstashed = first.Next;
        message = first.Message!;
        sender = first.Sender;
        return true;
    }

    private void Invoke(object message, IActorRef? sender)
    {
        _currentMessage = message;
        _sender = sender;
        _stashedThisMessage = false;
        try
        {
            if (_receiveTimeout is not null) BeforeMessage(message);
            if (message is IAutoReceivedMessage) AutoReceive(message);
            else if (message is TimerMessage timer) HandleTimer(timer);
            else ReceiveMessage(message);
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }

        if (_receiveTimeout is not null) AfterMessage(message);
        _currentMessage = null;
        _sender = null;
    }

    private void HandleSignals()
    {
        while (true)
        {
            var newest = Volatile.Read(ref _signals);
            if (newest is null || ReferenceEquals(newest, ClosedSignals)) return;
            if (!ReferenceEquals(Interlocked.CompareExchange(ref _signals, null, newest), newest)) continue;
            for (var signal = OldestFirst(newest); signal is not null;)
            {
                var next = signal.Next;
                signal.Next = null;
                HandleOrDefer(signal);
                signal = next;
            }
        }
    }

    private void HandleOrDefer(Signal signal)
    {
        if (_closed)
        {
            AnswerForTheDead(signal);
            return;
        }

        if (MustWait(signal))
        {
            (_deferred ??= new Queue<Signal>()).Enqueue(signal);
            return;
        }

        HandleSignal(signal);
        for (var left = _deferred?.Count ?? 0; left > 0 && _deferred is { Count: > 0 } deferred; left--)
        {
            var waiting = deferred.Dequeue();
            if (MustWait(waiting)) deferred.Enqueue(waiting);
            else HandleOrDefer(waiting);
        }
    }

    /// <summary>
    /// While a cell waits for stopping children it takes no orders about its own restart, and while it is suspended it leaves
    /// failures of its children to its next incarnation.
    /// </summary>
    private bool MustWait(Signal signal) => signal switch
    {
        Signal.Recreate or Signal.Suspend or Signal.Resume => IsWaitingForChildren,
        Signal.Failed => IsWaitingForChildren || _suspended > 0,
        _ => false,
    };

    private static Signal? OldestFirst(Signal? newest)
    {
        Signal? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    private void HandleSignal(Signal signal)
    {
        try
        {
            switch (signal)
            {
                case Signal.Create: Create(); break;
                case Signal.Recreate recreate: FaultRecreate(recreate.Cause); break;
                case Signal.Suspend: FaultSuspend(); break;
                case Signal.Resume resume: FaultResume(resume.CausedByFailure); break;
                case Signal.Terminate: TerminateSelf(); break;
                case Signal.Watch watch: AddWatcher(watch.Watcher); break;
                case Signal.Unwatch unwatch: RemoveWatcher(unwatch.Watcher); break;
                case Signal.Died died: WatchedActorTerminated(died.Actor, died.ExistenceConfirmed); break;
                case Signal.Failed failed: HandleFailed(failed); break;
            }
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }

        _currentMessage = null;
        _sender = null;
    }

    /// <summary>Closes the mailbox for good: what waits and what comes later are dead letters.</summary>
    private void CloseMailbox()
    {
        Volatile.Write(ref _closed, true);
        DrainToDeadLetters();
    }

    private void DrainToDeadLetters()
    {
        while (TryTake(out var message, out var sender)) _system.ReportDeadLetter(message, sender, this);
    }

    private void CloseSignals()
    {
        for (var signal = OldestFirst(Interlocked.Exchange(ref _signals, ClosedSignals)); signal is not null;)
        {
            var next = signal.Next;
            AnswerForTheDead(signal);
            signal = next;
        }
    }

    private void AnswerForTheDead(Signal signal)
    {
        if (signal is Signal.Watch watch && !watch.Watcher.Equals(this))
            watch.Watcher.SendSignal(new Signal.Died(this, existenceConfirmed: false));
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated: ReceivedTerminated(terminated); break;
            case PoisonPill: StopSelf(); break;
            case Kill: throw new ActorKilledException("Kill");
            case Identify identify: CurrentSender.Tell(new ActorIdentity(identify.MessageId, this), this); break;
            default: ReceiveMessage(message); break;
        }
    }

    private static void Rethrow(Exception cause) => ExceptionDispatchInfo.Throw(cause);
}
