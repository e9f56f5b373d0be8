using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What kubectl get says of a Pod. Source: printPod in pkg/printers/internalversion.</summary>
internal sealed record PodSummary(string Status, int Ready, int Total, int Restarts, DateTimeOffset? LastRestart)
{
    public static PodSummary Of(Pod pod)
    {
        var status = pod.Status;
        var reason = status.Reason.Length > 0 ? status.Reason : status.Phase;
        if (status.Conditions.Any(condition => condition is { Type: "PodScheduled", Reason: "SchedulingGated" })) reason = "SchedulingGated";
        var sidecars = pod.Spec.InitContainers.Where(container => container.RestartPolicy == "Always").Select(container => container.Name).ToList();
        var count = new Counts { Total = pod.Spec.Containers.Count + sidecars.Count };
        var initializing = Initialize(pod, sidecars, count, ref reason);
        if (!initializing || status.Conditions.Any(condition => condition is { Type: "Initialized", Status: "True" })) Run(status, count, ref reason);
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            if (status.Reason == "NodeLost") reason = "Unknown";
            else if (status.Phase is not ("Failed" or "Succeeded")) reason = "Terminating";
        }
        return new PodSummary(reason, count.Ready, count.Total, count.Restarts, count.LastRestart);
    }

    private static bool Initialize(Pod pod, List<string> sidecars, Counts count, ref string reason)
    {
        for (var i = 0; i < pod.Status.InitContainerStatuses.Count; i++)
        {
            var container = pod.Status.InitContainerStatuses[i];
            var isSidecar = sidecars.Contains(container.Name);
            count.Add(container, isSidecar);
            if (container.State.Terminated is { ExitCode: 0 }) continue;
            if (isSidecar && container.Started == true)
            {
                if (container.Ready) count.Ready++;
                continue;
            }
            if (container.State.Terminated is { } ended)
                reason = "Init:" + (ended.Reason.Length > 0 ? ended.Reason : ended.Signal != 0 ? $"Signal:{ended.Signal}" : $"ExitCode:{ended.ExitCode}");
            else if (container.State.Waiting is { Reason: not ("" or "PodInitializing") } waiting) reason = "Init:" + waiting.Reason;
            else reason = $"Init:{i}/{pod.Spec.InitContainers.Count}";
            return true;
        }
        return false;
    }

    private static void Run(PodStatus status, Counts count, ref string reason)
    {
        count.Restarts = count.SidecarRestarts;
        count.LastRestart = count.LastSidecarRestart;
        var running = false;
        for (var i = status.ContainerStatuses.Count - 1; i >= 0; i--)
        {
            var container = status.ContainerStatuses[i];
            count.Add(container, isSidecar: false);
            if (container.State.Waiting is { Reason.Length: > 0 } waiting) reason = waiting.Reason;
            else if (container.State.Terminated is { } ended)
                reason = ended.Reason.Length > 0 ? ended.Reason : ended.Signal != 0 ? $"Signal:{ended.Signal}" : $"ExitCode:{ended.ExitCode}";
            else if (container is { Ready: true, State.Running: not null })
            {
                running = true;
                count.Ready++;
            }
        }
        if (reason != "Completed" || !running) return;
        reason = status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }) ? "Running" : "NotReady";
    }

    private sealed class Counts
    {
        public int Total { get; init; }
        public int Ready { get; set; }
        public int Restarts { get; set; }
        public int SidecarRestarts { get; private set; }
        public DateTimeOffset? LastRestart { get; set; }
        public DateTimeOffset? LastSidecarRestart { get; private set; }

        public void Add(ContainerStatus container, bool isSidecar)
        {
            Restarts += container.RestartCount;
            LastRestart = Later(LastRestart, container.LastState.Terminated?.FinishedAt);
            if (!isSidecar) return;
            SidecarRestarts += container.RestartCount;
            LastSidecarRestart = Later(LastSidecarRestart, container.LastState.Terminated?.FinishedAt);
        }

        private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
    }
}
