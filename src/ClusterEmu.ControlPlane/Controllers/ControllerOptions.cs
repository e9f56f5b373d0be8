using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane;

/// <summary>How the controllers behave. Section <c>cluster-emu.controllers</c>.</summary>
/// <remarks>
/// The defaults are Kubernetes' own. <see cref="Fast"/> notices and answers the loss of a node within seconds; it is what
/// demonstrations and tests use.
/// </remarks>
public sealed record ControllerOptions
{
    private const string Section = "cluster-emu.controllers";
    private const string OfProfile = "profile";

    /// <summary>Calls of one controller that may be unanswered at a time. 1 to 10000. Default: 128.</summary>
    public int MaxCallsInFlight { get; init; } = 128;

    /// <summary>How long a node's Lease may go unrenewed before the node counts as lost. Above 0. Default: 50 s.</summary>
    public TimeSpan NodeGrace { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>As <see cref="NodeGrace"/>, for a node that never reported a status. Above 0. Default: 60 s.</summary>
    public TimeSpan NodeStartupGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// An upper bound of the time that Pods stay bound to a lost node, whatever longer time their tolerations name; null
    /// for no bound. Above 0. Default: null (Pods tolerate 300 s unless they say otherwise).
    /// </summary>
    public TimeSpan? EvictionTimeout { get; init; }

    /// <summary>The range that nodes get their Pod ranges from. Default: 172.17.0.0/16.</summary>
    public Cidr PodRange { get; init; } = Cidr.Parse("172.17.0.0/16");

    /// <summary>Prefix length of one node's Pod range, between that of <see cref="PodRange"/> and 30. Default: 24.</summary>
    public int NodePodPrefix { get; init; } = 24;

    /// <summary>The range that load balancers get their addresses from, its first address left out. Default: 127.203.0.0/16.</summary>
    public Cidr LoadBalancerRange { get; init; } = Cidr.Parse("127.203.0.0/16");

    /// <summary>
    /// The class of Services of type LoadBalancer that the emulated cloud serves beside those without a class; empty for
    /// none. Default: <c>clusteremu.io/cloud</c>.
    /// </summary>
    public string LoadBalancerClass { get; init; } = "clusteremu.io/cloud";

    /// <summary>Pods at their end that are kept; the oldest beyond it are deleted. 0 keeps all. Default: 12500.</summary>
    public int TerminatedPodThreshold { get; init; } = 12500;

    /// <summary>How long Pods of a node that does not exist are left alone. 0 or more. Default: 40 s.</summary>
    public TimeSpan LostPodQuarantine { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>The PEM text of the cluster's CA, for the ConfigMap <c>kube-root-ca.crt</c>. Default: empty, which writes none.</summary>
    public string RootCa { get; init; } = "";

    /// <summary>Makes the token that a Secret of this name holds for a service account. Default: null, and token Secrets stay empty.</summary>
    public Func<Api.ServiceAccount, string, string>? TokenFor { get; init; }

    /// <summary>
    /// Whether each service account has a token Secret without asking for one, as in Kubernetes up to 1.23. Default: off; a Secret of type
    /// kubernetes.io/service-account-token that names an account is filled all the same.
    /// </summary>
    public bool TokenSecretsForAll { get; init; }

    /// <summary>The times of the profile <c>fast</c>.</summary>
    public static readonly ControllerOptions Fast = new()
    {
        NodeGrace = TimeSpan.FromSeconds(5),
        NodeStartupGrace = TimeSpan.FromSeconds(10),
        EvictionTimeout = TimeSpan.FromSeconds(10),
        LostPodQuarantine = TimeSpan.FromSeconds(4),
    };

    /// <summary>
    /// The options of a configuration; the ranges are those of <c>cluster-emu.network</c>. <c>profile = fast</c> starts from
    /// <see cref="Fast"/>; single keys count over it, and the word <c>profile</c> leaves a key to it.
    /// </summary>
    /// <param name="config">With the section <c>cluster-emu.controllers</c>, or without it for the defaults.</param>
    /// <exception cref="ConfigurationException">A value is of the wrong kind; the message names it.</exception>
    public static ControllerOptions From(Config config)
    {
        var profile = config.GetString($"{Section}.profile", "default");
        if (profile is not ("default" or "fast"))
            throw new ConfigurationException($"{Section}.profile is \"{profile}\", but must be default or fast. Delete the line to get Kubernetes' own times.");
        var basis = profile == "fast" ? Fast : new ControllerOptions();
        var addresses = ClusterAddresses.From(config);
        return basis with
        {
            MaxCallsInFlight = config.GetInt($"{Section}.max-calls-in-flight", basis.MaxCallsInFlight),
            NodeGrace = Time($"{Section}.node-grace", basis.NodeGrace),
            NodeStartupGrace = Time($"{Section}.node-startup-grace", basis.NodeStartupGrace),
            EvictionTimeout = config.GetString($"{Section}.eviction-timeout") == "off" ? null : TimeOrNone($"{Section}.eviction-timeout", basis.EvictionTimeout),
            PodRange = addresses.PodRange,
            NodePodPrefix = addresses.NodePodPrefix,
            LoadBalancerRange = addresses.LoadBalancerRange,
            LoadBalancerClass = config.GetString($"{Section}.load-balancer-class", basis.LoadBalancerClass) ?? "",
            TokenSecretsForAll = config.GetBoolean($"{Section}.token-secrets-for-all", basis.TokenSecretsForAll),
            TerminatedPodThreshold = config.GetInt($"{Section}.terminated-pod-threshold", basis.TerminatedPodThreshold),
            LostPodQuarantine = Time($"{Section}.lost-pod-quarantine", basis.LostPodQuarantine),
        };

        TimeSpan? TimeOrNone(string key, TimeSpan? usual) => config.GetString(key, OfProfile) == OfProfile ? usual : config.GetTimeSpan(key);
        TimeSpan Time(string key, TimeSpan usual) => TimeOrNone(key, usual) ?? usual;
    }

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxCallsInFlight is < 1 or > 10000)
            yield return $"{Section}.max-calls-in-flight is {MaxCallsInFlight}, but must be 1 to 10000. Usual: 128.";
        if (NodeGrace <= TimeSpan.Zero)
            yield return $"{Section}.node-grace is {NodeGrace}, but must be above 0. Usual: 50s, or profile for what cluster-emu.controllers.profile says.";
        if (NodeStartupGrace <= TimeSpan.Zero)
            yield return $"{Section}.node-startup-grace is {NodeStartupGrace}, but must be above 0. Usual: 60s, or profile for what cluster-emu.controllers.profile says.";
        if (EvictionTimeout <= TimeSpan.Zero)
            yield return $"{Section}.eviction-timeout is {EvictionTimeout}, but must be above 0, or off for what each Pod tolerates.";
        if (NodePodPrefix <= PodRange.Prefix || NodePodPrefix > 30)
            yield return $"cluster-emu.network.node-pod-prefix is {NodePodPrefix}, but must be above that of pod-range ({PodRange}) and at most 30. Usual: 24.";
        if (LoadBalancerRange.Count < 4)
            yield return $"cluster-emu.network.load-balancer-range is {LoadBalancerRange}, which has no address to give. Usual: 127.203.0.0/16.";
        if (TerminatedPodThreshold < 0)
            yield return $"{Section}.terminated-pod-threshold is {TerminatedPodThreshold}, but must be 0 (keep all) or more. Usual: 12500.";
        if (LostPodQuarantine < TimeSpan.Zero)
            yield return $"{Section}.lost-pod-quarantine is {LostPodQuarantine}, but must be 0 or more. Usual: 40s, or profile for what cluster-emu.controllers.profile says.";
    }
}
