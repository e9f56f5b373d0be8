using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Which nodes a process has, and how they behave. Section <c>cluster-emu.nodes</c>.</summary>
public sealed record NodesOptions
{
    /// <summary>Name of the process: <c>nodes-1</c>. No default.</summary>
    public string Process { get; init; } = "";

    /// <summary>Number of its first node; node-1 is 1. 1 or more. Default: 1.</summary>
    public int First { get; init; } = 1;

    /// <summary>How many nodes it has. 1 to 5000. Default: 3.</summary>
    public int Count { get; init; } = 3;

    /// <summary>Zones over which the nodes are dealt in turn: zone-a, zone-b, … 1 to 26. Default: 1.</summary>
    public int Zones { get; init; } = 1;

    /// <summary>CPUs of each node, for the scheduler. 1 or more. Default: 4.</summary>
    public int Cpus { get; init; } = 4;

    /// <summary>Memory of each node, for the scheduler, as a quantity. Default: 16Gi.</summary>
    public string Memory { get; init; } = "16Gi";

    /// <summary>Pods that each node takes. 1 or more. Default: 110.</summary>
    public int Pods { get; init; } = 110;

    /// <summary>Version that kubelets report. Default: v1.32.0.</summary>
    public string KubeletVersion { get; init; } = "v1.32.0";

    /// <summary><c>default</c>: Kubernetes' own times. <c>fast</c>: short ones. Default: default.</summary>
    public string Profile { get; init; } = "default";

    /// <summary>The cluster's domain. Default: cluster.local.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>
    /// Names outside the cluster that its DNS knows, with their addresses. In configuration those of
    /// <c>cluster-emu.outside.hosts</c>. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Ip>> OutsideNames { get; init; } = new Dictionary<string, IReadOnlyList<Ip>>(StringComparer.Ordinal);

    /// <summary>
    /// How long single nodes' kube-proxies hold changes back, by node: <c>node-2</c>, <c>2s</c>. In configuration a list of
    /// <c>node=duration</c> under <c>cluster-emu.nodes.kube-proxy-delays</c>. 0 to 1 h. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> KubeProxyDelays { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The cluster's address ranges.</summary>
    public AddressPlan Plan { get; init; } = new();
    public KubeProxyOptions KubeProxy { get; init; } = new();

    /// <summary>Where the process answers the API server; null: nowhere, as in a cluster of one process.</summary>
    public ProcessEndpointOptions? Endpoint { get; init; }

    public KubeletTimings Timings => Profile == "fast" ? KubeletTimings.Fast : KubeletTimings.Kubernetes;

    /// <exception cref="ConfigurationException">An address range cannot be read.</exception>
    /// <exception cref="FormatException">A line of <c>cluster-emu.outside.hosts</c> names no host.</exception>
    public static NodesOptions From(Config config)
    {
        var defaults = new NodesOptions();
        return new NodesOptions
        {
            Process = config.GetString("cluster-emu.process.name", defaults.Process) ?? "",
            First = config.GetInt("cluster-emu.nodes.first", defaults.First),
            Count = config.GetInt("cluster-emu.nodes.count", defaults.Count),
            Zones = config.GetInt("cluster-emu.cluster.zones", defaults.Zones),
            Cpus = config.GetInt("cluster-emu.nodes.cpus", defaults.Cpus),
            Memory = config.GetString("cluster-emu.nodes.memory", defaults.Memory) ?? "",
            Pods = config.GetInt("cluster-emu.nodes.pods", defaults.Pods),
            KubeletVersion = config.GetString("cluster-emu.nodes.kubelet-version", defaults.KubeletVersion) ?? "",
            Profile = config.GetString("cluster-emu.controllers.profile", defaults.Profile) ?? "",
            ClusterDomain = config.GetString("cluster-emu.nodes.cluster-domain", defaults.ClusterDomain) ?? "",
            OutsideNames = OutsideHost.NamesOf(OutsideHost.From(config)),
            KubeProxyDelays = config.GetStringList("cluster-emu.nodes.kube-proxy-delays")
                .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
                .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal),
            Plan = ClusterAddresses.From(config),
            KubeProxy = KubeProxyOptions.From(config),
            Endpoint = ProcessEndpointOptions.From(config),
        };
    }

    /// <summary>The machines, in order.</summary>
    /// <param name="kubeletPort">Of the process endpoint; 0 without one.</param>
    public IReadOnlyList<NodeSettings> Machines(int kubeletPort) =>
    [
        .. Enumerable.Range(First, Count).Select(number => new NodeSettings
        {
            Name = $"node-{number}",
            InternalIP = Plan.NodeInternal(number),
            ExternalIP = Plan.NodeExternal(number),
            Zone = $"zone-{(char)('a' + ((number - 1) % Zones))}",
            Process = Process,
            KubeProxyDelay = KubeProxyDelays.GetValueOrDefault($"node-{number}", ""),
            KubeletPort = kubeletPort,
            Cpus = Cpus,
            Memory = Memory,
            Pods = Pods,
            Version = KubeletVersion,
        }),
    ];

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Process.Length == 0) yield return "cluster-emu.process.name is empty, but the Nodes and the Lease of the process go by it. Set it, such as nodes-1.";
        if (First < 1) yield return $"cluster-emu.nodes.first is {First}, but must be 1 or more: 1 is node-1.";
        if (Count is < 1 or > 5000) yield return $"cluster-emu.nodes.count is {Count}, but must be 1 to 5000. Usual: 3.";
        if (Zones is < 1 or > 26) yield return $"cluster-emu.cluster.zones is {Zones}, but must be 1 to 26 (zone-a to zone-z). Usual: 1.";
        if (Cpus < 1) yield return $"cluster-emu.nodes.cpus is {Cpus}, but must be 1 or more. Usual: 4.";
        if (!Api.Quantity.TryParse(Memory, out var memory) || memory.Sign <= 0)
            yield return $"cluster-emu.nodes.memory is '{Memory}', but must be a quantity above 0, such as 16Gi.";
        if (Pods < 1) yield return $"cluster-emu.nodes.pods is {Pods}, but must be 1 or more. Usual: 110.";
        if (Profile is not ("default" or "fast"))
            yield return $"cluster-emu.controllers.profile is '{Profile}', but must be 'default' (Kubernetes' own times) or 'fast' (short ones).";
        foreach (var (node, delay) in KubeProxyDelays.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!ProxyDelay.TryParse(delay, out _))
                yield return $"cluster-emu.nodes.kube-proxy-delays holds '{node}={delay}', but each entry must be node=duration up to 1h, such as node-2=2s.";
        }

        foreach (var problem in AddressPlanRules.Problems(Plan, First + Count - 1)) yield return problem;
        foreach (var problem in KubeProxy.Problems()) yield return problem;
        foreach (var problem in Endpoint?.Problems() ?? []) yield return problem;
    }
}
