using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>What a Pod's status is made of.</summary>
public sealed record PodView
{
    public required Pod Pod { get; init; }

    /// <summary>The status as it was written last; keeps times of transitions and what others wrote.</summary>
    public required PodStatus Previous { get; init; }
    public required PodStage Stage { get; init; }
    public required IReadOnlyList<ContainerRun> Init { get; init; }
    public required IReadOnlyList<ContainerRun> Containers { get; init; }

    /// <summary>Empty until the Pod has a network.</summary>
    public string PodIP { get; init; } = "";
    public required string HostIP { get; init; }
    public required DateTimeOffset StartTime { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Why the whole Pod failed, such as <c>Evicted</c>; usually empty.</summary>
    public string Reason { get; init; } = "";
    public string Message { get; init; } = "";
}

/// <summary>Writes a Pod's status as a kubelet 1.32 does.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/status/generate.go and kubelet_pods.go (generateAPIPodStatus, getPhase).</remarks>
public static class PodStatusBuilder
{
    public static PodStatus Build(PodView view)
    {
        var phase = PhaseOf(view);
        return view.Previous with
        {
            Phase = phase,
            Conditions = Conditions(view, phase),
            Reason = view.Reason,
            Message = view.Message,
            HostIP = view.HostIP,
            HostIPs = [new HostIP { IP = view.HostIP }],
            PodIP = view.PodIP,
            PodIPs = view.PodIP.Length == 0 ? [] : [new PodIP { IP = view.PodIP }],
            StartTime = view.StartTime,
            QosClass = PodQuality.Of(view.Pod.Spec),
            InitContainerStatuses = [.. view.Init.Select(Status)],
            ContainerStatuses = [.. view.Containers.Select(Status)],
        };
    }

    /// <summary>The phase that the containers' states amount to.</summary>
    public static string PhaseOf(PodView view)
    {
        if (view.Stage is PodStage.Succeeded or PodStage.Failed) return view.Stage.ToString();
        var policy = view.Pod.Spec.RestartPolicy;
        if (view.Stage == PodStage.Finishing || (view.Stage == PodStage.Terminating && !Runs(view)))
        {
            if (view.Previous.Phase is "Succeeded" or "Failed") return view.Previous.Phase;
            // Nothing was ever started: there is nothing that could have failed.
            if (view.Containers.All(run => run.Ended is null && run.Last is null)) return "Pending";
            return view.Containers.All(run => (run.Ended ?? run.Last) is { ExitCode: 0 }) ? "Succeeded" : "Failed";
        }

        if (view.Init.Any(run => !run.Sidecar && run.Phase == ContainerPhase.Ended && !run.Succeeded) && policy == "Never") return "Failed";
        // A container that ran before and is being started again does not make its Pod pending anew.
        return view.Containers.Any(run => run.Running || run.Ended is not null || run.Last is not null)
            && !view.Containers.Any(run => run.Phase is ContainerPhase.Waiting or ContainerPhase.Blocked && run.Last is null)
            ? "Running"
            : "Pending";
    }

    private static bool Runs(PodView view) => view.Containers.Concat(view.Init).Any(run => run.Running);

    private static IReadOnlyList<PodCondition> Conditions(PodView view, string phase)
    {
        var containersReady = ContainersReady(view, phase);
        var ready = containersReady.Status == "True" ? Gates(view, containersReady) : containersReady;
        var sandbox = view.PodIP.Length > 0 && view.Stage is not (PodStage.Succeeded or PodStage.Failed or PodStage.Finishing);
        List<PodCondition> own =
        [
            new() { Type = "PodReadyToStartContainers", Status = sandbox ? "True" : "False" },
            Initialized(view, phase),
            ready with { Type = "Ready" },
            containersReady,
            new() { Type = "PodScheduled", Status = "True" },
        ];
        var result = own.Select(condition => WithTimes(condition, view)).ToList();
        result.AddRange(view.Previous.Conditions.Where(old => !own.Exists(condition => condition.Type == old.Type)));
        return result;
    }

    private static PodCondition WithTimes(PodCondition condition, PodView view)
    {
        var old = view.Previous.Conditions.FirstOrDefault(other => other.Type == condition.Type);
        return condition with
        {
            LastProbeTime = old?.LastProbeTime,
            LastTransitionTime = old is not null && old.Status == condition.Status ? old.LastTransitionTime : view.Now,
        };
    }

    private static PodCondition ContainersReady(PodView view, string phase)
    {
        var condition = new PodCondition { Type = "ContainersReady", Status = "False" };
        if (phase == "Succeeded") return condition with { Reason = "PodCompleted" };
        if (phase == "Failed") return condition with { Reason = "PodFailed" };
        var unready = view.Init.Where(run => run.Sidecar).Concat(view.Containers).Where(run => !run.Ready).Select(run => run.Name).ToArray();
        return unready.Length == 0
            ? condition with { Status = "True" }
            : condition with { Reason = "ContainersNotReady", Message = $"containers with unready status: [{string.Join(' ', unready)}]" };
    }

    private static PodCondition Gates(PodView view, PodCondition ready)
    {
        var problems = new List<string>();
        foreach (var gate in view.Pod.Spec.ReadinessGates)
        {
            var condition = view.Previous.Conditions.FirstOrDefault(other => other.Type == gate.ConditionType);
            if (condition is null) problems.Add($"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist.");
            else if (condition.Status != "True") problems.Add($"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {condition.Status}");
        }

        return problems.Count == 0 ? ready : ready with { Status = "False", Reason = "ReadinessGatesNotReady", Message = string.Join(", ", problems) };
    }

    private static PodCondition Initialized(PodView view, string phase)
    {
        var condition = new PodCondition { Type = "Initialized", Status = "True" };
        if (phase == "Succeeded") return condition with { Reason = "PodCompleted" };
        // Once a container has run, the Pod was initialized, whatever its sidecars do.
        if (view.Containers.Any(run => run.Running || run.Ended is not null || run.Last is not null)) return condition;
        var waiting = view.Init.Where(run => run.Sidecar ? !run.Started : !run.Succeeded).Select(run => run.Name).ToArray();
        return waiting.Length == 0
            ? condition
            : condition with
            {
                Status = "False",
                Reason = "ContainersNotInitialized",
                Message = $"containers with incomplete status: [{string.Join(' ', waiting)}]",
            };
    }

    private static ContainerStatus Status(ContainerRun run)
    {
        var started = run.ContainerID.Length > 0;
        var pulled = ImageReference.TryParse(run.Spec.Image, out var reference);
        return new ContainerStatus
        {
            Name = run.Name,
            State = StateOf(run),
            LastState = run.Last is null ? ContainerState.Empty : new ContainerState { Terminated = run.Last },
            // An init container counts as ready when it is done.
            Ready = run.Init && !run.Sidecar ? run.Succeeded : run.Ready,
            RestartCount = run.RestartCount,
            Image = started && pulled ? reference!.ToString() : run.Spec.Image,
            ImageID = started && pulled ? ImageDigests.Of(reference!) : "",
            ContainerID = run.ContainerID,
            Started = run.Started,
        };
    }

    private static ContainerState StateOf(ContainerRun run) => run.Phase switch
    {
        ContainerPhase.Running or ContainerPhase.Stopping => new ContainerState { Running = new ContainerStateRunning { StartedAt = run.StartedAt } },
        ContainerPhase.Ended when run.Ended is not null => new ContainerState { Terminated = run.Ended },
        ContainerPhase.Ended when run.Last is not null => new ContainerState { Terminated = run.Last },
        _ => new ContainerState { Waiting = new ContainerStateWaiting { Reason = run.WaitingReason, Message = run.WaitingMessage } },
    };
}
