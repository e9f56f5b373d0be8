using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What a container's postStart hook does. Pure.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/lifecycle/handlers.go and kuberuntime_container.go (startContainer).</remarks>
public static class PostStartHooks
{
    /// <summary>Reason of the Event, and message of the one that tells the container's end.</summary>
    public const string FailedReason = "FailedPostStartHook";
    public const string FailedMessage = "PostStartHook failed";

    /// <summary>A connection that is not answered by then failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static LifecycleHandler? Of(Container container) => container.Lifecycle?.PostStart;

    /// <summary>What to do once the sleep in the hook (<see cref="StopPlan.HookTime"/>) is over.</summary>
    /// <param name="hook">Its exec, httpGet or sleep. A kubelet refuses tcpSocket.</param>
    /// <param name="run">The container; it must run.</param>
    /// <param name="podIP">Where it listens.</param>
    /// <param name="now">For files that appear and vanish.</param>
    public static ProbeAction Plan(LifecycleHandler hook, ContainerRun run, Ip podIP, DateTimeOffset now)
    {
        if (hook.Exec is { } exec) return Probes.Plan(new Probe { Exec = exec }, run, podIP, now);
        if (hook.HttpGet is { } get) return Probes.Plan(new Probe { HttpGet = get }, run, podIP, now);
        return new ProbeAction.Known(hook.Sleep is null ? ProbeResult.Bad("invalid handler") : ProbeResult.Good);
    }
}
