using ClusterEmu.Client;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>How cloud load balancers behave. Section <c>cluster-emu.edge.load-balancer</c>.</summary>
public sealed record LoadBalancerOptions
{
    /// <summary><c>pass-through</c>: nodes see the client's address; <c>proxy</c>: they see the load balancer's. Default: pass-through.</summary>
    public string Kind { get; init; } = "pass-through";

    /// <summary><c>flow-hash</c>: by addresses and ports; <c>round-robin</c>: one node after the other. Default: flow-hash.</summary>
    public string Algorithm { get; init; } = "flow-hash";

    public HealthCheckOptions HealthCheck { get; init; } = new();

    public bool Proxy => Kind == "proxy";
    public bool RoundRobin => Algorithm == "round-robin";
}

/// <summary>The edge process. Section <c>cluster-emu.edge</c>.</summary>
public sealed record EdgeOptions
{
    /// <summary>Whether NodePorts and load balancers can be reached from the host's loopback. Default: on.</summary>
    public bool HostListeners { get; init; } = true;

    /// <summary>So many nodes get host listeners, those with the lowest addresses. 0 to 1024. Default: 16.</summary>
    public int HostListenerNodes { get; init; } = 16;

    public LoadBalancerOptions LoadBalancer { get; init; } = new();

    /// <summary>The cluster's address ranges. Default: those of slot 0.</summary>
    public AddressPlan Plan { get; init; } = new();

    /// <summary>Hosts outside the cluster, one a line; see <see cref="OutsideHost.Parse"/>. Default: <see cref="OutsideHost.Defaults"/>.</summary>
    public IReadOnlyList<string> OutsideHosts { get; init; } = OutsideHost.Defaults;

    /// <summary>The process endpoint; null: none, as in a test that runs all roles in one process.</summary>
    public ProcessEndpointOptions? Endpoint { get; init; }

    public static EdgeOptions From(Config config)
    {
        var defaults = new EdgeOptions();
        return new EdgeOptions
        {
            HostListeners = config.GetBoolean("cluster-emu.edge.host-listeners", defaults.HostListeners),
            HostListenerNodes = config.GetInt("cluster-emu.edge.host-listener-nodes", defaults.HostListenerNodes),
            LoadBalancer = new LoadBalancerOptions
            {
                Kind = config.GetString("cluster-emu.edge.load-balancer.kind", defaults.LoadBalancer.Kind) ?? "",
                Algorithm = config.GetString("cluster-emu.edge.load-balancer.algorithm", defaults.LoadBalancer.Algorithm) ?? "",
                HealthCheck = HealthCheckOptions.From(config),
            },
            Plan = ClusterAddresses.From(config),
            OutsideHosts = config.HasPath(OutsideHost.Key) ? [.. config.GetStringList(OutsideHost.Key)] : OutsideHost.Defaults,
            Endpoint = ProcessEndpointOptions.From(config),
        };
    }

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (HostListenerNodes is < 0 or > 1024)
            yield return $"cluster-emu.edge.host-listener-nodes is {HostListenerNodes}, but must lie between 0 and 1024. Usual: 16.";
        if (LoadBalancer.Kind is not ("pass-through" or "proxy"))
            yield return $"cluster-emu.edge.load-balancer.kind is '{LoadBalancer.Kind}', but must be pass-through or proxy. Delete the line to get pass-through.";
        if (LoadBalancer.Algorithm is not ("flow-hash" or "round-robin"))
            yield return $"cluster-emu.edge.load-balancer.algorithm is '{LoadBalancer.Algorithm}', but must be flow-hash or round-robin. Delete the line to get flow-hash.";
        foreach (var problem in LoadBalancer.HealthCheck.Problems()) yield return problem;
        foreach (var line in OutsideHosts)
            if (ProblemOf(line) is { } problem) yield return problem;
        foreach (var problem in Endpoint?.Problems() ?? []) yield return problem;
    }

    private static string? ProblemOf(string line)
    {
        try
        {
            OutsideHost.Parse(line);
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
