using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Runs one Pod on its node: starts, probes, restarts and stops its containers, and writes its status.</summary>
/// <remarks>
/// <see cref="PodLifecycle"/>, <see cref="ContainerRun"/>, <see cref="Probes"/> and <see cref="PodStatusBuilder"/> decide. It does not
/// survive a failure: the kubelet starts another one, which finds the containers gone and starts them again.
/// </remarks>
public sealed partial class PodRunner : ReceiveActor, IWithTimers
{
    /// <summary>All that this actor accepts from others.</summary>
    public abstract record Command
    {
        private Command()
        {
        }

        /// <summary>The API's newest version of the Pod. No reply.</summary>
        public sealed record Observe(Pod Pod) : Command;

        /// <summary>The API forgot the Pod: everything stops at once, and so does the actor. No reply.</summary>
        public sealed record Vanish : Command;

        /// <summary>A request ended the program. No reply.</summary>
        public sealed record EndProcess(string Container, int Attempt, ProcessExit Exit) : Command;
    }

    /// <summary>Told to the parent: the Pod's network is taken down, its address may be given to another.</summary>
    public sealed record NetworkFreed(string Uid);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);
    private readonly PodRunnerContext _context;
    private readonly Determinism _determinism;
    private readonly Ip? _ip;
    private readonly DateTimeOffset _startTime;
    private readonly List<ContainerRun> _runs;
    private readonly PodReporter _reporter;
    private Pod _pod;
    private PodStage _stage = PodStage.Pending;
    private bool _networked;
    private long? _grace;
    private string _reason = "";
    private string _message = "";

    /// <param name="context">What all Pods of the node share.</param>
    /// <param name="pod">Bound to this node.</param>
    /// <param name="ip">Its address; null if it already ended and needs none.</param>
    public PodRunner(PodRunnerContext context, Pod pod, Ip? ip)
    {
        _context = context;
        _pod = pod;
        _ip = ip;
        _determinism = Determinism.For(Context.System);
        var now = _determinism.UtcNow;
        _startTime = pod.Status.StartTime ?? now;
        _runs =
        [
            .. pod.Spec.InitContainers.Select(container => ContainerAdoption.Adopt(pod, container, true, now)),
            .. pod.Spec.Containers.Select(container => ContainerAdoption.Adopt(pod, container, false, now)),
        ];
        _reporter = new PodReporter(context.Client, Self, pod.Status);

        Receive<Command.Observe>(message => { Observed(message.Pod); });
        Receive<Command.Vanish>(_ => { Vanished(); });
        Receive<Command.EndProcess>(message => { EndAsked(message); });
        Receive<Begin>(_ => { Started(); });
        Receive<ProcessEnded>(message => { Ended(message); });
        Receive<RetryDue>(message => { Retried(message); });
        Receive<StartAgain>(_ => { Restarted(); });
        Receive<PullWaits>(message => { PullPaused(message); });
        Receive<ProbeDue>(message => { ProbeNow(message); });
        Receive<ProbeLate>(message => { ProbeTimedOut(message); });
        Receive<HookDue>(message => { RunHook(message); });
        Receive<HookLate>(message => { HookDone(message.Due, false); });
        Receive<FlowVerdict>(verdict =>
        {
            if (verdict.Tag is HookDue hook) HookArrived(verdict, hook);
            else ProbeArrived(verdict);
        });
        Receive<ApiReply>(reply => { Answered(reply); });
        Receive<PodReporter.Again>(_ => { Report(); });
        Receive<PodReporter.CorrectionDue>(_ => { Correct(); });
        Receive<DeadlineDue>(_ => { KeepDeadline(); });
        Receive<DeleteAgain>(_ => { DeleteFromApi(); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsFor(PodRunnerContext context, Pod pod, Ip? ip) => Props.CreateBy(new Producer(context, pod, ip));

    protected override void PreStart()
    {
        base.PreStart();
        Self.Tell(new Begin());
    }

    protected override void PostStop()
    {
        foreach (var run in _runs) CloseListeners(run.Name);
        // The parent learns of the end by itself.
        if (_networked && _ip is { } ip) _context.Network.RemovePod(ip);
        base.PostStop();
    }

    private void Started()
    {
        if (_pod.Status.Phase is "Succeeded" or "Failed")
        {
            _stage = _pod.Status.Phase == "Failed" ? PodStage.Failed : PodStage.Succeeded;
            (_reason, _message) = (_pod.Status.Reason, _pod.Status.Message);
            if (_pod.Metadata.DeletionTimestamp is not null) AskedToDelete();
            return;
        }

        if (_pod.Metadata.DeletionTimestamp is not null)
        {
            AskedToDelete();
            return;
        }

        if (_ip is { } ip)
        {
            _context.Network.AddPod(ip, _pod);
            _networked = true;
            Signal(PodSignal.SandboxReady);
        }

        KeepDeadline();
        Advance();
        Report();
    }

    private void Observed(Pod pod)
    {
        var deadline = _pod.Spec.ActiveDeadlineSeconds;
        _pod = pod;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            AskedToDelete();
        }
        else if (FollowImages())
        {
            Advance();
            Report();
        }
        else
        {
            Correct();
        }

        if (pod.Spec.ActiveDeadlineSeconds != deadline) KeepDeadline();
    }

    /// <summary>Ends the Pod if its deadline is over, else waits for it.</summary>
    private void KeepDeadline()
    {
        if (_stage is not (PodStage.Pending or PodStage.Initializing or PodStage.Running)) return;
        if (ActiveDeadline.Left(_pod, _startTime, _determinism.UtcNow) is not { } left) return;
        if (left > TimeSpan.Zero)
        {
            // A timer holds 24 days at most; then the rest is waited for.
            Timers.StartSingleTimer("deadline", new DeadlineDue(), left < LongestWait ? left : LongestWait);
            return;
        }

        Emit(RecordEvent.Normal, ActiveDeadline.Reason, ActiveDeadline.Message);
        (_reason, _message) = (ActiveDeadline.Reason, ActiveDeadline.Message);
        Signal(PodSignal.DeadlinePassed);
        StopAll(_pod.Spec.TerminationGracePeriodSeconds ?? 30);
        Advance();
        Report();
    }

    private void Vanished()
    {
        Signal(PodSignal.Vanished);
        Context.Stop(Self);
    }

    /// <summary>Does whatever the stage allows: starts what may start, and ends the stage when it is over.</summary>
    private void Advance()
    {
        if (_stage == PodStage.Initializing)
        {
            while (NextInit() is { Phase: ContainerPhase.Waiting } next)
            {
                Start(next);
                // A sidecar lets the next one start at once; any other calls again when it has ended.
                if (NextInit()?.Name == next.Name) break;
            }

            if (_runs.Exists(run => run.Init && !run.Sidecar && run.Phase == ContainerPhase.Ended && !run.Succeeded)) EndStage();
            else if (NextInit() is null) Signal(PodSignal.Initialized);
        }

        if (_stage == PodStage.Running)
        {
            foreach (var run in _runs.FindAll(run => run.Phase == ContainerPhase.Waiting && (!run.Init || run.Sidecar)))
            {
                if (_hooks.Count > 0) break; // A kubelet waits for a container's postStart hook before it turns to the next one.
                Start(run);
            }

            if (_runs.TrueForAll(run => run.Init || run.Phase == ContainerPhase.Ended)) EndStage();
        }

        if (_stage is PodStage.Terminating or PodStage.Expiring && !_runs.Exists(run => run.Running))
        {
            Signal(PodSignal.AllStopped);
            TakeDownNetwork();
        }
    }

    private ContainerRun? NextInit() => _runs.Find(run => run.Init && (run.Sidecar ? !run.Started : !run.Succeeded));

    private void EndStage()
    {
        var well = _runs.TrueForAll(run => run.Sidecar || run.Succeeded);
        // Sidecars end with the containers that they accompany.
        foreach (var run in _runs.FindAll(run => run.Phase != ContainerPhase.Ended))
        {
            if (run.Running) Finish(run, 0, "", false);
            else Replace(run.Stop());
        }

        Signal(well ? PodSignal.AllSucceeded : PodSignal.AllEnded);
        TakeDownNetwork();
    }

    private void AskedToDelete()
    {
        var grace = _pod.Metadata.DeletionGracePeriodSeconds ?? _pod.Spec.TerminationGracePeriodSeconds ?? 30;
        var first = _stage is not (PodStage.Terminating or PodStage.Finishing or PodStage.Gone);
        // A second, harder deletion shortens what is left.
        if (!first && (_stage != PodStage.Terminating || grace >= _grace)) return;
        if (first) Signal(PodSignal.DeletionAsked);
        StopAll(grace);
        Advance();
        if (_stage == PodStage.Finishing) TakeDownNetwork();
        Report();
    }

    /// <summary>Stops what runs. When it is being stopped already, a shorter time counts, and a longer one does not.</summary>
    private void StopAll(long grace)
    {
        var first = _grace is null;
        if (grace >= _grace) return;
        _grace = grace;
        foreach (var run in _runs.FindAll(run => run.Phase != ContainerPhase.Ended))
        {
            if (!run.Running)
            {
                Replace(run.Stop());
                continue;
            }

            if (first) Emit(RecordEvent.Normal, "Killing", $"Stopping container {run.Name}");
            Stop(run, TimeSpan.FromSeconds(grace));
        }
    }

    private void Signal(PodSignal signal) => _stage = PodLifecycle.Next(_stage, signal);

    private void TakeDownNetwork()
    {
        if (!_networked || _ip is not { } ip) return;
        _networked = false;
        _context.Network.RemovePod(ip);
        Context.Parent.Tell(new NetworkFreed(_pod.Metadata.Uid));
    }

    private void Report()
    {
        var status = PodStatusBuilder.Build(new PodView
        {
            Pod = _pod,
            Previous = _reporter.Base(_pod),
            Stage = _stage,
            Init = _runs.FindAll(run => run.Init),
            Containers = _runs.FindAll(run => !run.Init),
            PodIP = _ip is { } ip ? ip.ToString() : _pod.Status.PodIP,
            HostIP = _context.NodeIP.ToString(),
            StartTime = _startTime,
            // As long as containers run, the API hears nothing of the failure.
            Reason = _stage == PodStage.Expiring ? "" : _reason,
            Message = _stage == PodStage.Expiring ? "" : _message,
            Now = _determinism.UtcNow,
        });
        _reporter.Write(_pod, status);
    }

    /// <summary>Writes the status anew if the API's says something else.</summary>
    private void Correct()
    {
        if (!_reporter.Differs(_pod)) return;
        var wait = _reporter.CorrectAfter(_determinism.Microseconds);
        if (wait == TimeSpan.Zero) Report();
        else Timers.StartSingleTimer("correct", new PodReporter.CorrectionDue(), wait);
    }

    private void Answered(ApiReply reply)
    {
        switch (reply.Call.Tag)
        {
            case PodReporter.Written:
                if (_reporter.Answered(reply) is { } pause) Timers.StartSingleTimer("report", new PodReporter.Again(), pause);
                else if (_stage == PodStage.Finishing && _reporter.Idle) DeleteFromApi();
                // Somebody wrote after this write, and the watch told of it while the answer was on its way.
                else if (ResourceVersions.IsNewer(_pod.Metadata.ResourceVersion, reply.ResourceVersion)) Correct();
                break;
            case ConfigRead read:
                ConfigArrived(read, reply);
                break;
            case Deleted when !reply.Ok && !reply.NotFound && !reply.Conflict:
                Timers.StartSingleTimer("delete", new DeleteAgain(), TimeSpan.FromSeconds(1));
                break;
        }
    }

    private void DeleteFromApi() => _context.Client.Send(
        ApiCall.Delete(Kinds.Pod, _pod.Metadata.Namespace, _pod.Metadata.Name,
            new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new Preconditions { Uid = _pod.Metadata.Uid } }, new Deleted()),
        Self);

    private ContainerRun? Find(string name) => _runs.Find(run => run.Name == name);

    private void Replace(ContainerRun run) => _runs[_runs.FindIndex(other => other.Name == run.Name)] = run;

    private void Emit(string type, string reason, string message, string? container = null)
    {
        var about = RecordEvent.Reference(_pod);
        if (container is not null) about = about with { FieldPath = $"spec.containers{{{container}}}" };
        _context.Events.Tell(new RecordEvent(about, type, reason, message, "kubelet", _context.Node));
    }

    private sealed record Begin;

    private sealed record DeadlineDue;

    private sealed record Deleted;

    private sealed record DeleteAgain;

    private sealed class Producer(PodRunnerContext context, Pod pod, Ip? ip) : IIndirectActorProducer
    {
        public Type ActorType => typeof(PodRunner);

        public ActorBase Produce() => new PodRunner(context, pod, ip);

        public void Release(ActorBase actor)
        {
        }
    }
}
