using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

// Starting and stopping containers.
public sealed partial class PodRunner
{
    private const int StartErrorCode = 128;
    private readonly Dictionary<string, List<IWorkloadListener>> _listeners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfigReads> _reads = new(StringComparer.Ordinal);

    private void Start(ContainerRun run)
    {
        var pull = ImagePulls.Pull(run.Spec.Image);
        if (!pull.Pulled)
        {
            PullFailed(run, pull);
            return;
        }

        var sources = ContainerEnvironment.SourcesOf(run.Spec);
        if (sources.Count == 0)
        {
            Launch(run, pull.Reference!, new Dictionary<ConfigSource, IKubeObject>());
            return;
        }

        if (_reads.ContainsKey(run.Name)) return;
        _reads[run.Name] = new ConfigReads(sources.Count);
        foreach (var source in sources)
        {
            var kind = source.Kind == "Secret" ? (KindInfo)Kinds.Secret : Kinds.ConfigMap;
            _context.Client.Send(ApiCall.Get(kind, _pod.Metadata.Namespace, source.Name, new ConfigRead(run.Name, run.Attempt, source)), Self);
        }
    }

    private void ConfigArrived(ConfigRead read, ApiReply reply)
    {
        if (!_reads.TryGetValue(read.Container, out var reads)) return;
        reads.Missing--;
        if (reply is { Ok: true, Object: { } value }) reads.Found[read.Source] = value;
        else if (!reply.NotFound) reads.Broken = reply.Failure?.Message ?? "the API server did not answer";
        if (reads.Missing > 0) return;
        _reads.Remove(read.Container);
        if (Find(read.Container) is not { Phase: ContainerPhase.Waiting } run || run.Attempt != read.Attempt) return;
        var pull = ImagePulls.Pull(run.Spec.Image); // Which may be another one by now.
        if (reads.Broken is { } why) Block(run, "CreateContainerConfigError", why);
        else if (pull.Pulled) Launch(run, pull.Reference!, reads.Found);
        else PullFailed(run, pull);
        Advance();
        Report();
    }

    private void Launch(ContainerRun run, ImageReference image, IReadOnlyDictionary<ConfigSource, IKubeObject> configs)
    {
        var ip = _ip ?? _context.NodeIP;
        var environment = ContainerEnvironment.Resolve(new EnvironmentInputs
        {
            Pod = _pod,
            Container = run.Spec,
            PodIP = ip.ToString(),
            HostIP = _context.NodeIP.ToString(),
            ServiceVariables = ServiceVariables.For(_context.Services.For(_pod.Metadata.Namespace), _pod.Metadata.Namespace, _pod.Spec.EnableServiceLinks),
            Configs = configs,
        });
        if (environment.Error is { } error)
        {
            Block(run, "CreateContainerConfigError", error);
            return;
        }

        var facts = ContainerSetups.Facts(_pod, run.Spec, ip, _context.Node, _determinism.UtcNow);
        var plan = ImageCatalog.Plan(ContainerSetups.Setup(run.Spec, image, environment.Variables, facts.Hostname));
        Emit(RecordEvent.Normal, "Pulled", $"Container image \"{run.Spec.Image}\" already present on machine", run.Name);
        if (plan.StartError is { } refused)
        {
            Emit(RecordEvent.Warning, "Failed", $"Error: {refused}", run.Name);
            Finish(run with { StartedAt = facts.StartedAt, ContainerID = ImageDigests.ContainerID(_pod.Metadata.Uid, run.Name, run.Attempt) }, StartErrorCode, refused, true);
            return;
        }

        var started = run.Start(ImageDigests.ContainerID(_pod.Metadata.Uid, run.Name, run.Attempt), plan, facts);
        Replace(started);
        Emit(RecordEvent.Normal, "Created", $"Created container: {run.Name}", run.Name);
        Emit(RecordEvent.Normal, "Started", $"Started container {run.Name}", run.Name);
        if (!OpenListeners(started))
        {
            // Two containers of a Pod share its ports: the second one to bind gets an error and gives up.
            Finish(started, 1, "", true);
            return;
        }

        if (plan.ExitsAfter is { } time) EndLater(started, time, plan.ExitCode);
        AfterStart(started);
    }

    private bool OpenListeners(ContainerRun run)
    {
        var open = new List<IWorkloadListener>();
        _listeners[run.Name] = open;
        foreach (var listener in run.Plan!.Listeners)
        {
            var taken = _listeners.Any(other => other.Value.Exists(known => known.Plan.Port == listener.Port && known.Plan.Protocol == listener.Protocol));
            if (taken) return false;
            var opened = _context.Listeners.Open(listener, run.Facts!, Self, run.Attempt);
            open.Add(opened);
            _context.Network.AddListener(new IpPort(run.Facts!.PodIP, listener.Port), opened);
        }

        return true;
    }

    private void CloseListeners(string container)
    {
        if (!_listeners.Remove(container, out var open)) return;
        foreach (var listener in open)
        {
            _context.Network.RemoveListener(new IpPort(listener.Facts.PodIP, listener.Plan.Port), listener);
            listener.Dispose();
        }
    }

    private void EndLater(ContainerRun run, TimeSpan after, int code)
    {
        // Longer than a timer can hold is longer than anyone waits.
        if (after > TimeSpan.FromDays(24)) return;
        Timers.StartSingleTimer(("end", run.Name), new ProcessEnded(run.Name, run.Attempt, code), after);
    }

    private void EndAsked(Command.EndProcess message)
    {
        if (Find(message.Container) is { Running: true } run && run.Attempt == message.Attempt) EndLater(run, message.Exit.After, message.Exit.Code);
    }

    private void Ended(ProcessEnded message)
    {
        if (Find(message.Container) is not { Running: true } run || run.Attempt != message.Attempt) return;
        Finish(run, message.Code, "", true);
        Advance();
        Report();
    }

    /// <summary>The process is over: what it held is let go, and it is started again if the Pod's rules say so.</summary>
    private void Finish(ContainerRun run, int code, string error, bool mayRestart)
    {
        CloseListeners(run.Name);
        EndProbes(run.Name);
        EndHook(run.Name);
        Timers.Cancel(("end", run.Name));
        var end = new ContainerStateTerminated
        {
            ExitCode = code,
            Reason = error.Length > 0 ? "StartError" : code == 0 ? "Completed" : "Error",
            Message = error,
            StartedAt = run.StartedAt,
            FinishedAt = _determinism.UtcNow,
            ContainerID = run.ContainerID,
        };
        var alive = _stage is PodStage.Initializing or PodStage.Running;
        var wanted = run.Outdated || Restarts.AreWanted(run.Sidecar ? "Always" : _pod.Spec.RestartPolicy, run.Init && !run.Sidecar, code);
        var restart = mayRestart && alive && wanted;
        var (next, pause) = run.Exit(end, restart, _context.Timings.FirstBackOff,
            wait => Restarts.Message(wait, run.Name, _pod.Metadata.Name, _pod.Metadata.Namespace, _pod.Metadata.Uid));
        Replace(next);
        if (pause is not { } time) return;
        if (time == TimeSpan.Zero)
        {
            Self.Tell(new StartAgain());
            return;
        }

        Emit(RecordEvent.Warning, "BackOff",
            $"Back-off restarting failed container {run.Name} in pod {_pod.Metadata.Name}_{_pod.Metadata.Namespace}({_pod.Metadata.Uid})", run.Name);
        Timers.StartSingleTimer(("retry", run.Name), new RetryDue(run.Name, next.Attempt), time);
    }

    private void Stop(ContainerRun run, TimeSpan grace)
    {
        var stopping = run.Stop();
        Replace(stopping);
        var plan = StopPlan.For(run.Plan!, run.Spec.Lifecycle?.PreStop, grace);
        EndLater(stopping, plan.After, plan.ExitCode);
    }

    /// <summary>Takes over images that were changed: what runs another one is stopped, what waits for another one need not wait any more.</summary>
    /// <remarks>Nothing else of a container can change. Source: kuberuntime_manager.go, computePodActions.</remarks>
    /// <returns>Whether any was.</returns>
    private bool FollowImages()
    {
        if (_stage is not (PodStage.Initializing or PodStage.Running)) return false;
        var specs = _pod.Spec.InitContainers.Concat(_pod.Spec.Containers).ToDictionary(spec => spec.Name, StringComparer.Ordinal);
        var changed = _runs.FindAll(run => run.Phase != ContainerPhase.Ended && specs.TryGetValue(run.Name, out var spec) && spec.Image != run.Spec.Image);
        foreach (var run in changed)
        {
            var next = run with { Spec = specs[run.Name], Crashes = 0, Failures = 0, Outdated = run.Running };
            Replace(next.Running ? next : next.Retry());
            if (next.Phase != ContainerPhase.Running) continue;
            Emit(RecordEvent.Normal, "Killing", $"Container {run.Name} definition changed, will be restarted", run.Name);
            EndProbes(run.Name);
            Stop(next, TimeSpan.FromSeconds(_pod.Spec.TerminationGracePeriodSeconds ?? 30));
        }

        return changed.Count > 0;
    }

    private void PullFailed(ContainerRun run, PullOutcome pull)
    {
        var blocked = run.Block(pull.Reason, pull.Message);
        Replace(blocked);
        if (pull.Reason == "InvalidImageName") Emit(RecordEvent.Warning, "InspectFailed", pull.Message, run.Name);
        else Emit(RecordEvent.Warning, "Failed", $"Failed to pull image \"{run.Spec.Image}\": {pull.Message}", run.Name);
        Emit(RecordEvent.Warning, "Failed", $"Error: {pull.Reason}", run.Name);
        var pause = Restarts.BackOff(blocked.Failures + 1, _context.Timings.FirstBackOff);
        if (pull.Reason == "ErrImagePull") Timers.StartSingleTimer(("pull", run.Name), new PullWaits(run.Name, run.Attempt, pull), pause / 10);
        Timers.StartSingleTimer(("retry", run.Name), new RetryDue(run.Name, run.Attempt), pause);
    }

    private void PullPaused(PullWaits message)
    {
        if (Find(message.Container) is not { Phase: ContainerPhase.Blocked } run || run.Attempt != message.Attempt) return;
        Replace(run with { WaitingReason = "ImagePullBackOff", WaitingMessage = ImagePulls.BackOffMessage(run.Spec.Image, message.Pull) });
        Emit(RecordEvent.Normal, "BackOff", $"Back-off pulling image \"{run.Spec.Image}\"", run.Name);
        Emit(RecordEvent.Warning, "Failed", "Error: ImagePullBackOff", run.Name);
        Report();
    }

    private void Block(ContainerRun run, string reason, string message)
    {
        Replace(run.Block(reason, message));
        Emit(RecordEvent.Warning, "Failed", $"Error: {message}", run.Name);
        Timers.StartSingleTimer(("retry", run.Name), new RetryDue(run.Name, run.Attempt), _context.Timings.ConfigRetry);
    }

    private void Retried(RetryDue message)
    {
        if (Find(message.Container) is not { Phase: ContainerPhase.Blocked or ContainerPhase.BackingOff } run || run.Attempt != message.Attempt) return;
        Replace(run.Retry());
        Advance();
        Report();
    }

    private void Restarted()
    {
        // Whoever saw the end may have started it already.
        if (!_runs.Exists(run => run.Phase == ContainerPhase.Waiting && !_reads.ContainsKey(run.Name))) return;
        Advance();
        Report();
    }

    private sealed record StartAgain;

    private sealed record ProcessEnded(string Container, int Attempt, int Code);

    private sealed record RetryDue(string Container, int Attempt);

    private sealed record PullWaits(string Container, int Attempt, PullOutcome Pull);

    private sealed record ConfigRead(string Container, int Attempt, ConfigSource Source);

    private sealed class ConfigReads(int missing)
    {
        public int Missing { get; set; } = missing;
        public string? Broken { get; set; }
        public Dictionary<ConfigSource, IKubeObject> Found { get; } = [];
    }
}
