using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>What a kubelet makes of a Pod that it finds bound to its node when it starts.</summary>
public static class ContainerAdoption
{
    /// <summary>The exit code of processes that went down with their node.</summary>
    public const int LostExitCode = 255;

    /// <summary>The container as it goes on: as new, ended for good, or ended with its node and due to start again.</summary>
    /// <param name="pod">The Pod with the status that its former kubelet wrote.</param>
    /// <param name="spec">One of its containers.</param>
    /// <param name="init">Whether that is an init container.</param>
    /// <param name="now">The end of a process that was still running: nobody knows the true time.</param>
    public static ContainerRun Adopt(Pod pod, Container spec, bool init, DateTimeOffset now)
    {
        var fresh = new ContainerRun { Spec = spec, Init = init, WaitingReason = pod.Spec.InitContainers.Count > 0 ? "PodInitializing" : "ContainerCreating" };
        var statuses = init ? pod.Status.InitContainerStatuses : pod.Status.ContainerStatuses;
        var status = statuses.FirstOrDefault(other => other.Name == spec.Name);
        if (status is null || (status.ContainerID.Length == 0 && status.State.Terminated is null)) return fresh;

        var known = fresh with { RestartCount = status.RestartCount, Attempt = status.RestartCount, ContainerID = status.ContainerID, Last = status.LastState.Terminated };
        var end = status.State.Terminated ?? (status.State.Running is { } running
            ? new ContainerStateTerminated
            {
                ExitCode = LostExitCode,
                Reason = "Unknown",
                StartedAt = running.StartedAt,
                FinishedAt = now,
                ContainerID = status.ContainerID,
            }
            : null);
        if (end is null) return known with { Attempt = status.RestartCount + 1, RestartCount = status.RestartCount + 1 };
        var sidecar = fresh.Sidecar;
        if (!Restarts.AreWanted(sidecar ? "Always" : pod.Spec.RestartPolicy, init && !sidecar, end.ExitCode))
            return known with { Phase = ContainerPhase.Ended, Ended = end };
        return known with { Last = end, RestartCount = status.RestartCount + 1, Attempt = status.RestartCount + 1 };
    }
}
