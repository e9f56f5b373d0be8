namespace ClusterEmu.Actors;

internal sealed partial class ActorCell
{
    private ActorCell? _failed; // Whose failure is being handled: this cell's own or a child's.
    private QueuedMessage? _failedMessage; // What the actor failed on, for its PreRestart.
    private RestartStats? _restartStats;

    internal RestartStats RestartStats => _restartStats ??= new RestartStats();

    private ActorBase NewActor()
    {
        var outer = _current;
        _current = this;
        _behaviors = null;
        try
        {
            var actor = _props.NewActor();
            actor.AfterConstruction();
            _overridesAroundReceive = Props.OverridesAroundReceive(actor);
            if (actor is IWithTimers timers) timers.Timers = this;
            if (actor is IActorStash stash) stash.Stash = this;
            return actor;
        }
        finally
        {
            _current = outer;
        }
    }

    private void Create()
    {
        try
        {
            var created = NewActor();
            _actor = created;
            created.AroundPreStart();
            if (_receiveTimeout is not null) RestartReceiveTimeout();
        }
        catch (Exception failure)
        {
            ClearActor();
            throw new ActorInitializationException(this, "Exception during creation", failure);
        }
    }

    private void HandleInvokeFailure(Exception cause, ActorCell[]? childrenNotToSuspend = null)
    {
        if (_failed is not null) return; // The supervisor knows already.
        try
        {
            _suspended++;
            var perpetrator = (_currentMessage as Signal.Failed)?.Child;
            if (perpetrator is null && _currentMessage is { } message) _failedMessage = new QueuedMessage(message, _sender);
            _failed = perpetrator ?? this;
            SuspendChildren(perpetrator, childrenNotToSuspend);
            _parent.SendSignal(new Signal.Failed(this, cause));
        }
        catch (Exception failure)
        {
            PublishError(failure, $"Emergency stop: exception in failure handling for {cause}");
            StopChildren(ChildCells());
            FinishTerminate();
        }
    }

    private void FaultSuspend()
    {
        _suspended++;
        SuspendChildren();
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            PublishError(null, $"Changing Resume into Create after {causedByFailure}");
            FaultCreate();
            return;
        }

        var perpetrator = _failed;
        _suspended--;
        if (causedByFailure is not null) _failed = null;
        ResumeChildren(causedByFailure, perpetrator);
    }

    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        StopChildren(ChildCells());
        if (!WaitForStoppingChildren(Pending.Creation)) FinishCreate();
    }

    private void FinishCreate()
    {
        _suspended--;
        _failed = null;
        try
        {
            Create();
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            PublishError(null, $"Changing Recreate into Create after {cause}");
            FaultCreate();
            return;
        }

        if (_pending != Pending.Nothing)
        {
            FaultResume(null); // Keeps the count of suspensions balanced.
            return;
        }

        var failedMessage = _failedMessage;
        _failedMessage = null;
        try
        {
            _currentMessage = failedMessage?.Message;
            _sender = failedMessage?.Sender;
            _actor.AroundPreRestart(cause, _currentMessage!);
        }
        catch (Exception failure)
        {
            PublishError(new PreRestartException(this, failure, cause, _currentMessage!), failure.Message);
        }
        finally
        {
            _currentMessage = null;
            _sender = null;
            ClearActor();
        }

        if (!WaitForStoppingChildren(Pending.Recreation, cause)) FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildCells();
        try
        {
            _suspended--;
            _failed = null;
            var fresh = NewActor();
            _actor = fresh;
            fresh.AroundPostRestart(cause, null!);
            foreach (var survivor in survivors) survivor.SendSignal(new Signal.Recreate(cause));
        }
        catch (Exception failure)
        {
            ClearActor();
            HandleInvokeFailure(new PostRestartException(this, failure, cause), survivors);
        }
    }

    private void TerminateSelf()
    {
        SetReceiveTimeout(null);
        UnwatchAll(); // Else Terminated of own children would become dead letters.
        var wasTerminating = IsTerminating;
        BarChildren();
        StopChildren(ChildCells());
        if (!WaitForStoppingChildren(Pending.Termination))
        {
            FinishTerminate();
        }
        else if (!wasTerminating)
        {
            _suspended++; // No messages while the children stop,
            _failed = this; // and no failures to the supervisor.
        }
    }

    private void FinishTerminate()
    {
        if (_pending == Pending.Done) return;
        _pending = Pending.Done;
        try
        {
            _actor?.AroundPostStop();
        }
        catch (Exception failure)
        {
            PublishError(failure, failure.Message);
        }

        ClearActor(); // Gives the stash back to the mailbox.
        CloseMailbox();
        _system.ForgetSubscriber(this);
        _parent.SendSignal(new Signal.Died(this, existenceConfirmed: true));
        TellWatchers();
        UnwatchAll();
        _behaviors = null;
        _children = null;
        _deferred = null;
        CloseSignals();
    }

    /// <summary>Ends one incarnation: its timers die, its stash goes back to the mailbox.</summary>
    private void ClearActor()
    {
        CancelTimers();
        if (_stash is { Count: > 0 }) ((IStash)this).UnstashAll();
        if (_actor is { } actor) _props.Release(actor);
        _actor = null;
        _behaviors = null;
    }

    private void HandleFailed(Signal.Failed failed)
    {
        _currentMessage = failed;
        _sender = failed.Child;
        if (_actor is null || !IsChild(failed.Child)) return; // A child that was replaced meanwhile.
        if (!_actor!.Supervision.HandleFailure(this, failed.Child, failed.Cause)) Rethrow(failed.Cause);
    }
}
