using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>How each node's kube-proxy and data path behave. Section <c>cluster-emu.kube-proxy</c>.</summary>
public sealed record KubeProxyOptions
{
    /// <summary><c>iptables</c> (endpoints at random) or <c>ipvs</c> (in turn). Default: iptables.</summary>
    public string Mode { get; init; } = "iptables";

    /// <summary>Shortest time between two syncs once the burst is used up. 0 or more. Default: 1 s, as Kubernetes.</summary>
    public TimeSpan MinSyncPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Syncs that may follow each other at once. 1 or more. Default: 2, as Kubernetes.</summary>
    public int BurstSyncs { get; init; } = 2;

    /// <summary>Syncs at once in a kube-proxy's first 10 s, if more than the burst. 0 or more. Default: 20.</summary>
    public int StartSyncs { get; init; } = 20;

    /// <summary>
    /// Extra time before a change reaches a node's table; the Node's annotation clusteremu.io/kube-proxy-delay goes before it. 0 to 1 h. Default: 0.
    /// </summary>
    public TimeSpan PropagationDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Most translated connections that a node tracks. 1 or more. Default: 262144. Memory is used as they come.</summary>
    public int ConntrackMax { get; init; } = 262_144;

    internal ProxyMode ProxyMode => Mode == "ipvs" ? ProxyMode.Ipvs : ProxyMode.Iptables;

    public static KubeProxyOptions From(Config config)
    {
        var defaults = new KubeProxyOptions();
        return new KubeProxyOptions
        {
            Mode = config.GetString("cluster-emu.kube-proxy.mode", defaults.Mode) ?? "",
            MinSyncPeriod = config.GetTimeSpan("cluster-emu.kube-proxy.min-sync-period", defaults.MinSyncPeriod),
            BurstSyncs = config.GetInt("cluster-emu.kube-proxy.burst-syncs", defaults.BurstSyncs),
            StartSyncs = config.GetInt("cluster-emu.kube-proxy.start-syncs", defaults.StartSyncs),
            PropagationDelay = config.GetTimeSpan("cluster-emu.kube-proxy.propagation-delay", defaults.PropagationDelay),
            ConntrackMax = config.GetInt("cluster-emu.kube-proxy.conntrack-max", defaults.ConntrackMax),
        };
    }

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Mode is not ("iptables" or "ipvs"))
            yield return $"cluster-emu.kube-proxy.mode is '{Mode}', but must be iptables (endpoints at random) or ipvs (in turn). Usual: iptables.";
        if (MinSyncPeriod < TimeSpan.Zero)
            yield return $"cluster-emu.kube-proxy.min-sync-period is {MinSyncPeriod}, but must be 0 or more. Usual: 1s.";
        if (BurstSyncs < 1)
            yield return $"cluster-emu.kube-proxy.burst-syncs is {BurstSyncs}, but must be 1 or more. Usual: 2.";
        if (StartSyncs < 0)
            yield return $"cluster-emu.kube-proxy.start-syncs is {StartSyncs}, but must be 0 or more. Usual: 20.";
        if (PropagationDelay < TimeSpan.Zero || PropagationDelay > ProxyDelay.Longest)
            yield return $"cluster-emu.kube-proxy.propagation-delay is {PropagationDelay}, but must lie between 0 and 1h. Usual: 0s.";
        if (ConntrackMax < 1)
            yield return $"cluster-emu.kube-proxy.conntrack-max is {ConntrackMax}, but must be 1 or more. Usual: 262144.";
    }
}
