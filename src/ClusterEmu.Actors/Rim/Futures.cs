namespace ClusterEmu.Actors;

/// <summary>Asks an actor and waits for its answer as a task. For code outside of actors only.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>The first answer. A <see cref="Status.Failure"/> is thrown; without an answer in time the task fails.</summary>
    /// <param name="self">The actor to ask.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">Null: what akka.actor.ask-timeout says, which is no limit by default.</param>
    /// <param name="cancellationToken">Cancels the task, not the question.</param>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    /// <exception cref="ArgumentException">The answer is of another type.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        Start<T>(self, timeout, cancellationToken, out var sender) is { } task ? Send(self, message, sender, task) : null!;

    /// <summary>As Ask, with a question that carries the reference to answer to.</summary>
    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var task = Start<T>(self, timeout, cancellationToken, out var sender);
        return Send(self, messageFactory(sender), sender, task);
    }

    private static Task<T> Send<T>(ICanTell self, object message, IActorRef sender, Task<T> task)
    {
        self.Tell(message, sender);
        return task;
    }

    private static Task<T> Start<T>(ICanTell self, TimeSpan? timeout, CancellationToken cancellationToken, out IActorRef sender)
    {
        var system = SystemOf(self) ?? throw new ArgumentException(
            $"Unable to resolve the target Provider: {self} belongs to no actor system. Ask an actor or a selection.", nameof(self));
        var question = new AskRef<T>(system);
        sender = question;
        question.Bound(timeout ?? system.Settings.AskTimeout, cancellationToken);
        return question.Task;
    }

    private static EmbeddedActorSystem? SystemOf(ICanTell target) => target switch
    {
        ActorSelection selection => SystemOf(selection.Anchor),
        IInternalActorRef { OwningSystem: { } system } => system,
        _ => ActorCell.Current?.System,
    };
}

/// <summary>The sender of one question; completes a task with the first answer.</summary>
internal sealed class AskRef<T>(EmbeddedActorSystem system) : ActorRefBase, IRunnable, IEndsWithScheduler
{
    private readonly TaskCompletionSource<T> _answer = new(
        system.Dispatcher.CompletesInline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    private ActorPath? _path;
    private Cancelable? _timeout;
    private CancellationTokenRegistration _registration;
    private TimeSpan _limit;

    public override ActorPath Path => _path ?? Interlocked.CompareExchange(ref _path, system.NewTempPath(), null) ?? _path!;

    public override EmbeddedActorSystem OwningSystem => system;

    public Task<T> Task => _answer.Task;

    public void Bound(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limit > TimeSpan.Zero)
        {
            _limit = limit;
            _timeout = new Cancelable(system.Scheduler.Advanced);
            system.Scheduler.Advanced.ScheduleOnce(limit, this, _timeout);
        }

        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static self => ((AskRef<T>)self!).Cancel(), this);
    }

    void IRunnable.Run()
    {
        if (_answer.TrySetException(new AskTimeoutException($"Timeout after {_limit.TotalSeconds:F2} seconds"))) _registration.Dispose();
    }

    void IEndsWithScheduler.SchedulerEnded() => _answer.TrySetException(new AskTimeoutException(
        $"No answer can come any more: the actor system {system.Name} has terminated. Ask before it does."));

    void IRunnable.Execute() => ((IRunnable)this).Run();

    private void Cancel()
    {
        _answer.TrySetCanceled();
        _timeout?.Cancel();
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (system.Dispatcher.CompletesInline) system.Dispatcher.Told(this);
        var taken = message switch
        {
            T answer => _answer.TrySetResult(answer),
            Status.Failure failure => _answer.TrySetException(
                failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => _answer.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (!taken)
        {
            if (!_answer.Task.IsCanceled) system.ReportDeadLetter(message, sender, this);
            return;
        }

        _timeout?.Cancel();
        if (_registration != default) _registration.Dispose();
    }

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
