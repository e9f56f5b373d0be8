namespace ClusterEmu.Actors;

internal sealed partial class ActorCell
{
    // Locked: selections come from other threads, and so do children of guardians, which therefore have it from the start.
    private Dictionary<string, ActorCell>? _children;
    private long _unnamedChildren;
    private Pending _pending;
    private Exception? _pendingCause;
    private int _stoppingChildren;
    private bool _toldToStop; // By its parent, whose lock guards it.

    /// <summary>What waits for the last child to stop.</summary>
    private enum Pending : byte
    {
        Nothing,
        Creation,
        Recreation,
        Termination,
        Done,
    }

    private bool IsWaitingForChildren => _pending is Pending.Creation or Pending.Recreation or Pending.Termination;

    private bool IsTerminating => _pending is Pending.Termination or Pending.Done;

    public IActorRef ActorOf(Props props, string? name = null) => StartChild(props, name, checkName: name is not null, null);

    internal void AcceptChildrenFromOtherThreads() => _children = new Dictionary<string, ActorCell>(StringComparer.Ordinal);

    internal ActorCell StartChild(Props props, string? name, bool checkName, ActorDispatcher? dispatcher)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (checkName) ActorNames.Check(name);
        if (_system.PropsReplacement is { } replace) props = replace(props);
        ActorCell child;
        var children = _children ??= new Dictionary<string, ActorCell>(1, StringComparer.Ordinal);
        lock (children)
        {
            if (IsTerminating) throw new InvalidOperationException("Cannot create child while terminating or terminated");
            name ??= ActorNames.Unnamed(_unnamedChildren++);
            var path = new ChildPath(_path, name, _system.NextUid());
            child = new ActorCell(_system, props, this, path, dispatcher ?? _system.Dispatcher);
            if (!children.TryAdd(name, child)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
        }

        child.SendSignal(new Signal.Create());
        return child;
    }

    public IActorRef Child(string name) => (IActorRef?)GetSingleChild(name) ?? Nobody.Instance;

    internal ActorCell? GetSingleChild(string name)
    {
        if (_children is not { } children) return null;
        lock (children)
        {
            var hash = name.IndexOf('#');
            if (hash < 0) return children.GetValueOrDefault(name);
            var found = children.GetValueOrDefault(name[..hash]);
            return found is not null && long.TryParse(name.AsSpan(hash + 1), out var uid) && found._path.Uid == uid ? found : null;
        }
    }

    public IEnumerable<IActorRef> GetChildren() => ChildCells();

    internal ActorCell[] ChildCells()
    {
        if (_children is not { } children) return [];
        lock (children)
        {
            if (children.Count == 0) return [];
            var cells = new ActorCell[children.Count];
            children.Values.CopyTo(cells, 0);
            return cells;
        }
    }

    private bool IsChild(IActorRef actor) => actor is ActorCell cell && ReferenceEquals(cell._parent, this)
        && ReferenceEquals(GetSingleChild(cell._path.Name), cell);

    /// <summary>From now on no child can be started, not even by another thread.</summary>
    private void BarChildren()
    {
        if (_pending == Pending.Done) return;
        if (_children is not { } children)
        {
            _pending = Pending.Termination;
            return;
        }

        lock (children) _pending = Pending.Termination;
    }

    /// <summary>Notes what to do when the last child that was told to stop is gone. False if there is none to wait for.</summary>
    private bool WaitForStoppingChildren(Pending reason, Exception? cause = null)
    {
        if (_children is not { } children) return false;
        lock (children)
        {
            if (_stoppingChildren == 0) return false;
            if (reason >= _pending)
            {
                _pending = reason;
                _pendingCause = cause;
            }

            return true;
        }
    }

    private void SuspendChildren(ActorCell? except = null, ActorCell[]? exceptThese = null)
    {
        foreach (var child in ChildCells())
            if (!ReferenceEquals(child, except) && (exceptThese is null || Array.IndexOf(exceptThese, child) < 0))
                child.SendSignal(new Signal.Suspend());
    }

    private void ResumeChildren(Exception? causedByFailure, ActorCell? perpetrator)
    {
        foreach (var child in ChildCells())
            child.SendSignal(new Signal.Resume(ReferenceEquals(child, perpetrator) ? causedByFailure : null));
    }

    private void StopChildren(ActorCell[] children)
    {
        foreach (var child in children) Stop(child);
    }

    public void Stop(IActorRef child)
    {
        if (child is not IInternalActorRef { Cell: { } cell }) return;
        if (IsChild(cell))
            lock (_children!)
                if (!cell._toldToStop)
                {
                    cell._toldToStop = true;
                    _stoppingChildren++;
                }

        cell.SendSignal(new Signal.Terminate());
    }

    internal void StopSelf() => SendSignal(new Signal.Terminate());

    private void HandleChildTerminated(ActorCell child)
    {
        var finished = Pending.Nothing;
        Exception? cause = null;
        lock (_children!)
        {
            _children.Remove(child._path.Name);
            if (child._toldToStop) _stoppingChildren--;
            if (_stoppingChildren == 0 && _pending is Pending.Creation or Pending.Recreation or Pending.Termination)
            {
                finished = _pending;
                cause = _pendingCause;
                _pendingCause = null;
                if (finished != Pending.Termination) _pending = Pending.Nothing;
            }
        }

        switch (finished)
        {
            case Pending.Recreation: FinishRecreate(cause!); break;
            case Pending.Creation: FinishCreate(); break;
            case Pending.Termination: FinishTerminate(); break;
        }
    }
}
