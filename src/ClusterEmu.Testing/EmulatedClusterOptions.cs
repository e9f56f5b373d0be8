using System.Globalization;
using ClusterEmu.ControlPlane;
using ClusterEmu.Edge;
using ClusterEmu.Fabric;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Testing;

/// <summary>What an <see cref="EmulatedCluster"/> is like. The defaults suit most tests: three nodes, short times, no sockets on this machine.</summary>
public sealed record EmulatedClusterOptions
{
    /// <summary>How many nodes: node-1, node-2, … 1 to 5000. Default: 3.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>Zones over which the nodes are dealt in turn: zone-a, zone-b, … 1 to 26. Default: 1.</summary>
    public int Zones { get; init; } = 1;

    /// <summary><c>iptables</c>: a Service's endpoints at random; <c>ipvs</c>: one after the other. Default: iptables.</summary>
    public string ProxyMode { get; init; } = "iptables";

    /// <summary>
    /// <c>fast</c>: a lost node is noticed after 5 s and its Pods are evicted after 10 s; <c>default</c>: Kubernetes' own times (50 s
    /// and 300 s). Default: fast.
    /// </summary>
    public string Profile { get; init; } = "fast";

    /// <summary>Seed of all random streams: the same seed draws the same numbers in each stream. Null: one from the machine. Default: null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Whether the API is served over HTTPS on 127.0.0.1, for kubectl and other clients; see <see cref="EmulatedCluster.ApiAddress"/>.
    /// Default: off, for it costs a port and certificates.
    /// </summary>
    public bool Serve { get; init; }

    /// <summary>Port of the served API, 0 to 65535; 0 takes a free one. Default: 0.</summary>
    public int ApiPort { get; init; }

    /// <summary>
    /// Whether NodePorts and load balancers can be reached from this machine. Clusters with this on need different <see cref="Slot"/>s.
    /// Default: off.
    /// </summary>
    public bool HostListeners { get; init; }

    /// <summary>0 to 49: nodes' external addresses are 127.(18+slot).0.x, those of load balancers 127.(203+slot).x.x. Default: 0.</summary>
    public int Slot { get; init; }

    /// <summary>How long single nodes' kube-proxies hold changes back, by node name: 0 to 1 h. Default: none does.</summary>
    public IReadOnlyDictionary<string, TimeSpan> KubeProxyDelays { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>
    /// Shortest time between two syncs of a node's table once two followed each other at once. 0 or more; null: 50 ms in the profile
    /// fast, 1 s (Kubernetes' own) in the other. Default: null.
    /// </summary>
    public TimeSpan? MinSyncPeriod { get; init; }

    /// <summary>Hosts outside the cluster, one a line; see <see cref="OutsideHost.Parse"/>. Default: <see cref="OutsideHost.Defaults"/>.</summary>
    public IReadOnlyList<string> OutsideHosts { get; init; } = OutsideHost.Defaults;

    /// <summary>How long the start may take. Above 0. Default: 60 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a wait may take that names no other time. Above 0. Default: 30 s.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the cluster's actors write to the console: DEBUG, INFO, WARNING, ERROR or OFF. Default: ERROR.</summary>
    public string LogLevel { get; init; } = "ERROR";

    /// <summary>What the cluster's actor system is started with, beside its configuration, clock and random source. Default: nothing.</summary>
    public ActorSystemSetup Setup { get; init; } = ActorSystemSetup.Empty;

    /// <summary>Every problem, with the value and what would do; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Slot is < 0 or > 49)
        {
            yield return $"Slot is {Slot}, but must be 0 to 49.";
            yield break; // Without a slot there are no addresses, so no more can be said.
        }
        if (Profile is not ("fast" or "default"))
            yield return $"Profile is '{Profile}', but must be fast (short times) or default (Kubernetes' own).";
        if (LogLevel is not ("DEBUG" or "INFO" or "WARNING" or "ERROR" or "OFF"))
            yield return $"LogLevel is '{LogLevel}', but must be DEBUG, INFO, WARNING, ERROR or OFF.";
        if (StartTimeout <= TimeSpan.Zero) yield return $"StartTimeout is {StartTimeout}, but must be above 0. Usual: 60 s.";
        if (WaitTimeout <= TimeSpan.Zero) yield return $"WaitTimeout is {WaitTimeout}, but must be above 0. Usual: 30 s.";
        foreach (var (node, delay) in KubeProxyDelays.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!IsNode(node)) yield return $"KubeProxyDelays names '{node}', but the nodes are node-1 to node-{Nodes}.";
            if (delay < TimeSpan.Zero || delay > ProxyDelay.Longest)
                yield return $"KubeProxyDelays gives {node} {delay}, but a delay must lie between 0 and {ProxyDelay.Longest}.";
        }
        var parts = ControlPlane("").Problems().Concat(Controllers("").Problems()).Concat(NodesOf([]).Problems()).Concat(Edge().Problems());
        foreach (var problem in parts.Where(problem => !problem.StartsWith("cluster-emu.process.pki-directory", StringComparison.Ordinal))) yield return problem;
    }

    internal AddressPlan Plan => AddressPlan.ForSlot(Slot, Nodes);

    internal ControlPlaneOptions ControlPlane(string pkiDirectory) => new()
    {
        Serve = Serve,
        ListenPort = ApiPort,
        PkiDirectory = pkiDirectory,
        ServiceRange = Plan.ServiceRange.ToString(),
        FabricAddress = Plan.ControlPlane.ToString(),
    };

    internal ControllerOptions Controllers(string rootCa) => (Profile == "fast" ? ControllerOptions.Fast : new ControllerOptions()) with
    {
        PodRange = Plan.PodRange,
        NodePodPrefix = Plan.NodePodPrefix,
        LoadBalancerRange = Plan.LoadBalancerRange,
        RootCa = rootCa,
    };

    internal NodesOptions NodesOf(IReadOnlyList<OutsideHost> hosts) => new()
    {
        Process = "nodes-1",
        Count = Nodes,
        Zones = Zones,
        Profile = Profile,
        Plan = Plan,
        OutsideNames = OutsideHost.NamesOf(hosts),
        KubeProxyDelays = KubeProxyDelays.Where(pair => pair.Value > TimeSpan.Zero && pair.Value <= ProxyDelay.Longest)
            .ToDictionary(pair => pair.Key, pair => string.Create(CultureInfo.InvariantCulture, $"{(decimal)pair.Value.TotalMilliseconds}ms"), StringComparer.Ordinal),
        KubeProxy = new KubeProxyOptions { Mode = ProxyMode, MinSyncPeriod = MinSyncPeriod ?? TimeSpan.FromMilliseconds(Profile == "fast" ? 50 : 1000) },
    };

    internal EdgeOptions Edge() => new()
    {
        HostListeners = HostListeners,
        Plan = Plan,
        OutsideHosts = OutsideHosts,
        LoadBalancer = new LoadBalancerOptions { HealthCheck = HealthCheckOptions.Of(Profile) },
    };

    private bool IsNode(string name) => name.StartsWith("node-", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Nodes && name == $"node-{number}";
}
