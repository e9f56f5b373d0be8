using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane;

/// <summary>
/// The loop that all controllers share: informers fill views, changed objects go through a deduplicating queue,
/// <see cref="Reconcile"/> decides, the plan's calls are sent, and what failed comes back after a delay.
/// </summary>
/// <remarks>
/// Nothing is decided before every view has its first list. One object has at most one plan at a time; any number of
/// objects have theirs side by side, up to <see cref="ControllerOptions.MaxCallsInFlight"/> calls per controller. A restart
/// forgets everything and begins with a new list.
/// </remarks>
public abstract class ControllerActor : ReceiveActor, IWithTimers
{
    private readonly ControllerServices _services;
    private readonly string _component;
    private readonly ILoggingAdapter _log;
    private readonly object _incarnation = new();
    private readonly List<InformerView> _views = [];
    private readonly WorkQueue<ObjectKey> _queue = new();
    private readonly Dictionary<ObjectKey, Work> _works = [];
    private readonly Queue<ApiCall> _waiting = new();
    private int _inFlight;
    private bool _pumpSent;
    private long? _wakeAt;

    /// <param name="services">What to act with.</param>
    /// <param name="component">The name that Events carry: <c>deployment-controller</c>.</param>
    protected ControllerActor(ControllerServices services, string component)
    {
        _services = services;
        _component = component;
        _log = Context.GetLogger();
        Determinism = Determinism.For(Context.System);
        Receive<InformerChanged>(message =>
        {
            ViewOf(message.Kind)?.Apply(message);
            RequestPump();
        });
        Receive<InformerSynced>(message =>
        {
            ViewOf(message.Kind)?.Apply(message);
            RequestPump();
        });
        Receive<ApiReply>(reply => { TakeIn(reply); });
        Receive<Pump>(_ => { DoPump(); });
        Receive<Wake>(_ =>
        {
            _wakeAt = null;
            DoPump();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected Determinism Determinism { get; }

    protected ControllerOptions Options => _services.Options;

    protected DateTimeOffset Now => Determinism.UtcNow;

    /// <summary>How often the object's plan failed in a row.</summary>
    protected int Failures(ObjectKey key) => _queue.Failures(key);

    /// <summary>Declares, in the constructor, that this controller follows a kind.</summary>
    protected InformerView<T> Follow<T>(
        KindInfo kind, Action<T?, T?> changed, bool indexLabels = false, Func<T, string?>? groupOf = null)
        where T : class, IKubeObject
    {
        var view = new InformerView<T>(kind, changed, indexLabels, groupOf);
        _views.Add(view);
        return view;
    }

    /// <summary>Follows another kind from now on. Until its first list is in, nothing is decided.</summary>
    protected InformerView<IKubeObject> FollowAlso(KindInfo kind, Action<IKubeObject?, IKubeObject?> changed)
    {
        var view = Follow(kind, changed);
        _services.InformerHub.Tell(new SubscribeInformer(kind, Self));
        return view;
    }

    /// <summary>Stops following a kind that <see cref="FollowAlso"/> began with.</summary>
    protected void Unfollow(KindInfo kind)
    {
        _views.RemoveAll(view => view.Kind == kind);
        _services.InformerHub.Tell(new UnsubscribeInformer(kind, Self));
        RequestPump();
    }

    /// <summary>Decides what to do about one object now. An exception is logged and tried again later.</summary>
    protected abstract ControllerPlan Reconcile(ObjectKey key);

    /// <summary>Called for each answer, after the views took it in: the place to tell people of it.</summary>
    protected virtual void Answered(ObjectKey key, ApiReply reply)
    {
    }

    /// <summary>Puts an object into the queue.</summary>
    protected void Enqueue(ObjectKey key)
    {
        _queue.Add(key);
        RequestPump();
    }

    /// <summary>Puts an object into the queue later; an earlier time already set counts.</summary>
    protected void EnqueueAfter(ObjectKey key, TimeSpan delay)
    {
        _queue.AddAfter(key, delay, Determinism.Microseconds);
        RequestPump();
    }

    protected void Record(PlannedEvent planned) => _services.Events.Tell(
        new RecordEvent(RecordEvent.Reference(planned.About), planned.Type, planned.Reason, planned.Message, _component));

    protected override void PreStart()
    {
        base.PreStart();
        foreach (var view in _views) _services.InformerHub.Tell(new SubscribeInformer(view.Kind, Self));
    }

    /// <summary>By the resource: custom kinds have an instance for each state of their definition.</summary>
    private InformerView? ViewOf(KindInfo kind) => _views.Find(view => view.Kind == kind) ?? (kind is CustomKind ? _views.Find(view => view.Kind.QualifiedPlural == kind.QualifiedPlural) : null);

    private void RequestPump()
    {
        // By a message, so that a burst of changes in the mailbox is taken in before anything is decided.
        if (_pumpSent) return;
        _pumpSent = true;
        Self.Tell(new Pump());
    }

    private void DoPump()
    {
        _pumpSent = false;
        if (!_views.TrueForAll(view => view.Synced)) return;
        while (_inFlight + _waiting.Count < Options.MaxCallsInFlight && _queue.TryTake(Determinism.Microseconds, out var key)) Begin(key);
        Arm();
    }

    private void Begin(ObjectKey key)
    {
        ControllerPlan plan;
        try
        {
            plan = Reconcile(key);
        }
        catch (Exception e)
        {
            _log.Error(e, "{0}: {1} cannot be reconciled, and will be tried again later", _component, key);
            _queue.AddRateLimited(key, Determinism.Microseconds);
            _queue.Done(key);
            return;
        }
        foreach (var planned in plan.Events) Record(planned);
        var work = new Work(key, _incarnation, plan.LookAgainAfter) { Outstanding = plan.Calls.Count };
        if (plan.Calls.Count == 0)
        {
            End(work);
            return;
        }
        _works[key] = work;
        foreach (var call in plan.Calls)
        {
            _waiting.Enqueue(call with { Tag = new Step(work, call.Tag) });
        }
        SendWaiting();
    }

    private void SendWaiting()
    {
        while (_inFlight < Options.MaxCallsInFlight && _waiting.TryDequeue(out var call))
        {
            _inFlight++;
            _services.Client.Send(call, Self);
        }
    }

    private void TakeIn(ApiReply reply)
    {
        if (reply.Call.Tag is not Step step || !ReferenceEquals(step.Work.Incarnation, _incarnation)) return;
        _inFlight--;
        ApplyToViews(reply);
        var work = step.Work;
        if (Failed(reply))
        {
            work.Failed = true;
            if (!reply.Conflict) _log.Debug("{0}: {1} {2} for {3}: {4}", _component, reply.Call.Verb, reply.Call.Kind.Plural, work.Key, reply.Failure?.Message);
        }
        Answered(work.Key, reply with { Call = reply.Call with { Tag = step.Tag } });
        if (--work.Outstanding == 0)
        {
            _works.Remove(work.Key);
            End(work);
        }
        SendWaiting();
        RequestPump();
    }

    private void End(Work work)
    {
        if (work.Failed)
        {
            _queue.AddRateLimited(work.Key, Determinism.Microseconds);
        }
        else
        {
            _queue.Forget(work.Key);
            if (work.LookAgainAfter is { } delay) _queue.AddAfter(work.Key, delay, Determinism.Microseconds);
        }
        _queue.Done(work.Key);
    }

    /// <summary>Whether the same object must be looked at again. What is gone already, or may not be made any more, need not.</summary>
    private static bool Failed(ApiReply reply) => !reply.Ok
        && !(reply.NotFound && reply.Call.Verb is not (ApiVerb.Create or ApiVerb.List))
        && !(reply.Code == 403 && reply.Failure?.Details?.Causes.Any(cause => cause.Reason == "NamespaceTerminating") == true);

    private void ApplyToViews(ApiReply reply)
    {
        var call = reply.Call;
        if (reply.Object is { } value)
        {
            var kind = KindCatalog.Of(value);
            if (value.Metadata.ResourceVersion.Length > 0) ViewOf(kind)?.ApplyWrite(value);
        }
        if (call.Verb == ApiVerb.Delete && call.Subresource is null && (reply.Ok || reply.NotFound))
            ViewOf(call.Kind)?.MarkDeleted(new ObjectKey(call.Namespace ?? "", call.Name ?? ""), call.DeleteOptions?.Preconditions?.Uid, Now);
    }

    private void Arm()
    {
        if (_queue.NextDue is not { } due || (_wakeAt is { } armed && armed <= due)) return;
        _wakeAt = due;
        var delay = TimeSpan.FromMicroseconds(Math.Max(due - Determinism.Microseconds, 0));
        Timers.StartSingleTimer("wake", new Wake(), delay);
    }

    private sealed record Pump;

    private sealed record Wake;

    private sealed record Step(Work Work, object? Tag);

    private sealed class Work(ObjectKey key, object incarnation, TimeSpan? lookAgainAfter)
    {
        public ObjectKey Key { get; } = key;
        public object Incarnation { get; } = incarnation;
        public TimeSpan? LookAgainAfter { get; } = lookAgainAfter;
        public int Outstanding { get; set; }
        public bool Failed { get; set; }
    }
}
