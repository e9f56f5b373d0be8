using ClusterEmu.ControlPlane;
using ClusterEmu.Edge;
using ClusterEmu.Fabric;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>What a simulated cluster consists of.</summary>
public sealed record WorldOptions
{
    /// <summary>Emulated nodes, 1 to 256. Default: 3.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>Processes that host them, 1 to <see cref="Nodes"/>; each gets a run of nodes. Default: as many as nodes.</summary>
    public int? NodeProcesses { get; init; }

    /// <summary>Zones, 1 or more. Default: 1.</summary>
    public int Zones { get; init; } = 1;

    /// <summary><c>iptables</c> or <c>ipvs</c>. Default: iptables.</summary>
    public string ProxyMode { get; init; } = "iptables";

    /// <summary><c>fast</c> (short times) or <c>default</c> (Kubernetes' own). Default: fast.</summary>
    public string Profile { get; init; } = "fast";

    /// <summary>CoreDNS Pods. 0 or more. Default: 2.</summary>
    public int DnsReplicas { get; init; } = 2;

    /// <summary>What is put in the place of the cluster's own parts. Default: nothing.</summary>
    public Composition Composition { get; init; } = new();

    /// <summary>Events of a watch that may be on their way before the server holds the rest back. 2 or more. Default: 1000, as the server's own.</summary>
    public int WatchBuffer { get; init; } = 1000;

    /// <summary>For how long the store keeps changes for watches that broke, in microseconds. 1 s or more. Default: 5 minutes, as the live one.</summary>
    public long HistoryMicroseconds { get; init; } = 300 * VirtualTime.Second;

    public AddressPlan Plan => AddressPlan.ForSlot(0, Nodes);

    internal int Processes => Math.Clamp(NodeProcesses ?? Nodes, 1, Nodes);

    internal ControlPlaneOptions ControlPlane => new()
    {
        Serve = false,
        ServiceRange = Plan.ServiceRange.ToString(),
        FabricAddress = Plan.ControlPlane.ToString(),
        DnsReplicas = DnsReplicas,
        WatchWindowAge = TimeSpan.FromMicroseconds(HistoryMicroseconds),
    };

    internal ControllerOptions Controllers => (Profile == "fast" ? ControllerOptions.Fast : new ControllerOptions()) with
    {
        PodRange = Plan.PodRange,
        NodePodPrefix = Plan.NodePodPrefix,
        LoadBalancerRange = Plan.LoadBalancerRange,
    };

    internal EdgeOptions Edge => new()
    {
        HostListeners = false,
        Plan = Plan,
        LoadBalancer = new LoadBalancerOptions { HealthCheck = HealthCheckOptions.Of(Profile) },
    };

    /// <summary>The options of a node process.</summary>
    /// <param name="process">Which, from 0.</param>
    internal NodesOptions NodesOf(int process)
    {
        var (each, rest) = (Nodes / Processes, Nodes % Processes);
        return new NodesOptions
        {
            Process = $"nodes-{process + 1}",
            First = 1 + (process * each) + Math.Min(process, rest),
            Count = each + (process < rest ? 1 : 0),
            Zones = Zones,
            Profile = Profile,
            Plan = Plan,
            OutsideNames = OutsideHost.NamesOf(Edge.OutsideHosts.Select(OutsideHost.Parse)),
            KubeProxy = new KubeProxyOptions { Mode = ProxyMode, MinSyncPeriod = TimeSpan.FromMilliseconds(Profile == "fast" ? 50 : 1000) },
        };
    }
}
