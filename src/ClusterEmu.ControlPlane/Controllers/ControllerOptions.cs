namespace ClusterEmu.ControlPlane;

/// <summary>How the controllers behave. Section <c>cluster-emu.controllers</c>.</summary>
/// <remarks>
/// The defaults are Kubernetes' own. <see cref="Fast"/> notices and answers the loss of a node within seconds; it is what
/// demonstrations and tests use.
/// </remarks>
public sealed record ControllerOptions
{
    /// <summary>Calls of one controller that may be unanswered at a time. 1 to 10000. Default: 128.</summary>
    public int MaxCallsInFlight { get; init; } = 128;

    /// <summary>How long a node's Lease may go unrenewed before the node counts as lost. Above 0. Default: 50 s.</summary>
    public TimeSpan NodeGrace { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>As <see cref="NodeGrace"/>, for a node that never reported a status. Above 0. Default: 60 s.</summary>
    public TimeSpan NodeStartupGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often all nodes are looked at. Above 0. Default: 5 s.</summary>
    public TimeSpan NodeMonitorPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// An upper bound of the time that Pods stay bound to a lost node, whatever longer time their tolerations name; null
    /// for no bound. Above 0. Default: null (Pods tolerate 300 s unless they say otherwise).
    /// </summary>
    public TimeSpan? EvictionTimeout { get; init; }

    /// <summary>The range that nodes get their Pod ranges from. Default: 172.17.0.0/16.</summary>
    public string PodRange { get; init; } = "172.17.0.0/16";

    /// <summary>Prefix length of one node's Pod range, between that of <see cref="PodRange"/> and 30. Default: 24.</summary>
    public int NodePodPrefix { get; init; } = 24;

    /// <summary>The range that load balancers get their addresses from, its first address left out. Default: 127.203.0.0/16.</summary>
    public string LoadBalancerRange { get; init; } = "127.203.0.0/16";

    /// <summary>
    /// The class of Services of type LoadBalancer that the emulated cloud serves beside those without a class; empty for
    /// none. Default: <c>clusteremu.io/cloud</c>.
    /// </summary>
    public string LoadBalancerClass { get; init; } = "clusteremu.io/cloud";

    /// <summary>Pods at their end that are kept; the oldest beyond it are deleted. 0 keeps all. Default: 12500.</summary>
    public int TerminatedPodThreshold { get; init; } = 12500;

    /// <summary>The PEM text of the cluster's CA, for the ConfigMap <c>kube-root-ca.crt</c>. Default: empty, which writes none.</summary>
    public string RootCa { get; init; } = "";

    /// <summary>The times of the profile <c>fast</c>.</summary>
    public static readonly ControllerOptions Fast = new()
    {
        NodeGrace = TimeSpan.FromSeconds(5),
        NodeStartupGrace = TimeSpan.FromSeconds(10),
        NodeMonitorPeriod = TimeSpan.FromSeconds(1),
        EvictionTimeout = TimeSpan.FromSeconds(10),
    };
}
