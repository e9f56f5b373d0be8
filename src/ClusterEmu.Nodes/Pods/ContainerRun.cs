using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>One container of a Pod as it is now. Immutable; its methods give the next state.</summary>
public sealed record ContainerRun
{
    public required Container Spec { get; init; }
    public required bool Init { get; init; }
    public ContainerPhase Phase { get; init; } = ContainerPhase.Waiting;

    /// <summary>Why it waits: <c>ContainerCreating</c>, <c>PodInitializing</c>, <c>CrashLoopBackOff</c>, <c>ErrImagePull</c>, …</summary>
    public string WaitingReason { get; init; } = "ContainerCreating";
    public string WaitingMessage { get; init; } = "";

    /// <summary>The process that runs, or ran last. Grows with each start; names timers and answers that belong to it.</summary>
    public int Attempt { get; init; }
    public string ContainerID { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public ContainerPlan? Plan { get; init; }
    public ContainerFacts? Facts { get; init; }

    /// <summary>How it ended, if it did and was not started again.</summary>
    public ContainerStateTerminated? Ended { get; init; }
    public ContainerStateTerminated? Last { get; init; }
    public int RestartCount { get; init; }

    /// <summary>Ends in a row, each after a run shorter than <see cref="Restarts.ForgivenAfter"/>.</summary>
    public int Crashes { get; init; }

    /// <summary>Failed pulls or configurations in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Its image was changed while it ran: it is started again, whatever the Pod's restart policy says.</summary>
    public bool Outdated { get; init; }

    /// <summary>The postStart hook is done and the startup probe succeeded, or there are none and it runs.</summary>
    public bool Started { get; init; }

    /// <summary>The readiness probe succeeds, or there is none and it is started.</summary>
    public bool Ready { get; init; }

    public string Name => Spec.Name;

    /// <summary>An init container that is started before the others and runs beside them (restartPolicy Always).</summary>
    public bool Sidecar => Init && Spec.RestartPolicy == "Always";
    public bool Running => Phase is ContainerPhase.Running or ContainerPhase.Stopping;

    /// <summary>Has ended for good, and well.</summary>
    public bool Succeeded => Phase == ContainerPhase.Ended && Ended is { ExitCode: 0 };

    /// <summary>The process runs from now on.</summary>
    public ContainerRun Start(string id, ContainerPlan plan, ContainerFacts facts) => this with
    {
        Phase = ContainerLifecycle.Next(Phase, ContainerSignal.Start),
        ContainerID = id,
        Plan = plan,
        Facts = facts,
        StartedAt = facts.StartedAt,
        Ended = null,
        Failures = 0,
        Outdated = false,
        WaitingReason = "",
        WaitingMessage = "",
        Started = PostStartHooks.Of(Spec) is null && Spec.StartupProbe is null,
        Ready = PostStartHooks.Of(Spec) is null && Spec.StartupProbe is null && Spec.ReadinessProbe is null,
    };

    /// <summary>Its postStart hook ended well.</summary>
    public ContainerRun AfterHook() => this with { Started = Spec.StartupProbe is null, Ready = Spec.StartupProbe is null && Spec.ReadinessProbe is null };

    /// <summary>It cannot be started; <see cref="Failures"/> says how often in a row.</summary>
    public ContainerRun Block(string reason, string message) => this with
    {
        Phase = ContainerLifecycle.Next(Phase, ContainerSignal.CannotStart),
        WaitingReason = reason,
        WaitingMessage = message,
        Failures = Failures + 1,
    };

    /// <summary>Its process ended.</summary>
    /// <param name="end">How.</param>
    /// <param name="restart">Whether it is started again: <see cref="Restarts.AreWanted"/>.</param>
    /// <param name="firstBackOff">See <see cref="Restarts.BackOff"/>.</param>
    /// <param name="backOffMessage">Makes the message of <c>CrashLoopBackOff</c> from the pause.</param>
    /// <returns>The next state, and the pause before the restart (zero: now; null: never).</returns>
    public (ContainerRun Next, TimeSpan? Pause) Exit(
        ContainerStateTerminated end, bool restart, TimeSpan firstBackOff, Func<TimeSpan, string> backOffMessage)
    {
        var stopped = this with { Started = false, Ready = false, Ended = end };
        if (!restart) return (stopped with { Phase = ContainerLifecycle.Next(Phase, ContainerSignal.ExitFinal) }, null);
        var ranLong = end.FinishedAt - end.StartedAt >= Restarts.ForgivenAfter;
        var crashes = ranLong ? 1 : Crashes + 1;
        var pause = Restarts.BackOff(crashes, firstBackOff);
        var again = stopped with { Ended = null, Last = end, Crashes = crashes, RestartCount = RestartCount + 1, Attempt = Attempt + 1 };
        return pause == TimeSpan.Zero
            ? (again with { Phase = ContainerLifecycle.Next(Phase, ContainerSignal.ExitRestartNow) }, pause)
            : (again with
            {
                Phase = ContainerLifecycle.Next(Phase, ContainerSignal.ExitRestartLater),
                // Kubernetes counts a restart when it happens; until then the ended state shows.
                RestartCount = RestartCount,
                WaitingReason = "CrashLoopBackOff",
                WaitingMessage = backOffMessage(pause),
            }, pause);
    }

    /// <summary>Its pause is over, or what blocked it is tried again.</summary>
    public ContainerRun Retry() => this with
    {
        Phase = ContainerLifecycle.Next(Phase, ContainerSignal.RetryDue),
        RestartCount = Phase == ContainerPhase.BackingOff ? RestartCount + 1 : RestartCount,
    };

    /// <summary>It is told to stop, or need not be because it does not run.</summary>
    public ContainerRun Stop() => this with { Phase = ContainerLifecycle.Next(Phase, ContainerSignal.Stop) };
}
