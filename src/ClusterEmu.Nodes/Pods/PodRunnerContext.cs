using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What all Pods of a node share. Immutable.</summary>
public sealed record PodRunnerContext
{
    public required string Node { get; init; }

    /// <summary>The node's InternalIP: where probes come from, and the address of Pods in the host's network.</summary>
    public required Ip NodeIP { get; init; }
    public required IKubeClient Client { get; init; }
    public required PodNetwork Network { get; init; }

    /// <summary>The process's <see cref="EventRecorder"/>.</summary>
    public required IActorRef Events { get; init; }
    public required IWorkloadListeners Listeners { get; init; }
    public required ServiceBook Services { get; init; }
    public KubeletTimings Timings { get; init; } = KubeletTimings.Kubernetes;
}

/// <summary>The kubelet's waits. All above zero.</summary>
public sealed record KubeletTimings
{
    /// <summary>As a real kubelet waits.</summary>
    public static readonly KubeletTimings Kubernetes = new();

    /// <summary>For demos and tests.</summary>
    public static readonly KubeletTimings Fast = new()
    {
        LeaseDuration = TimeSpan.FromSeconds(4),
        LeaseRenewal = TimeSpan.FromSeconds(1),
        StatusCheck = TimeSpan.FromSeconds(2),
        FirstBackOff = TimeSpan.FromSeconds(2),
        ConfigRetry = TimeSpan.FromSeconds(1),
    };

    /// <summary>How long others trust the node's Lease. Default: 40 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Time between renewals; below <see cref="LeaseDuration"/>. Default: 10 s.</summary>
    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the node's status is compared with the API's. Default: 10 s.</summary>
    public TimeSpan StatusCheck { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first pause of a crash loop or a failing pull; doubled each time. Default: 10 s.</summary>
    public TimeSpan FirstBackOff { get; init; } = Restarts.FirstBackOff;

    /// <summary>Time until a missing ConfigMap or Secret is looked for again. Default: 10 s.</summary>
    public TimeSpan ConfigRetry { get; init; } = TimeSpan.FromSeconds(10);
}
