namespace ClusterEmu.Network;

/// <summary>One port of a Service, compiled: all that a data path must know of it. Immutable; shared by all nodes of a process.</summary>
public sealed class ServicePortTable
{
    private ChainNames? _chains;
    private string? _stateKey;
    private EndpointChoices? _choices;

    public required ObjectName Service { get; init; }

    /// <summary>Empty for the only port of a Service.</summary>
    public required string PortName { get; init; }
    public required IpProtocol Protocol { get; init; }
    public required int Port { get; init; }

    /// <summary>0 if it has none.</summary>
    public required int NodePort { get; init; }
    public required IReadOnlyList<Ip> ClusterIPs { get; init; }

    /// <summary>Those of status.loadBalancer whose ipMode is VIP (the default); with mode Proxy the way is up and over.</summary>
    public required IReadOnlyList<Ip> LoadBalancerIPs { get; init; }
    public required IReadOnlyList<Ip> ExternalIPs { get; init; }

    /// <summary>loadBalancerSourceRanges; empty lets everybody in.</summary>
    public required IReadOnlyList<Cidr> SourceRanges { get; init; }

    /// <summary>sessionAffinity ClientIP: how long a client stays with its endpoint, in seconds; 0 without affinity.</summary>
    public required int AffinitySeconds { get; init; }
    public required bool InternalLocal { get; init; }
    public required bool ExternalLocal { get; init; }

    /// <summary>spec.topologyKeys of Kubernetes 1.17 to 1.21, in order of preference; usually empty.</summary>
    public required IReadOnlyList<string> TopologyKeys { get; init; }

    /// <summary>For externalTrafficPolicy Local of a load balancer; 0 if there is none.</summary>
    public required int HealthCheckNodePort { get; init; }

    /// <summary>All of its endpoints, in order, also those that take no traffic.</summary>
    public required IReadOnlyList<TableEndpoint> Endpoints { get; init; }

    /// <summary>What the endpoints come to, for every node. Worked out at first use; two threads at once get equal answers.</summary>
    public EndpointChoices Choices => _choices ??= EndpointChooser.Choose(Endpoints, TopologyKeys, UsesClusterEndpoints, UsesLocalEndpoints);

    /// <summary>resourceVersion of the Service that this was compiled from.</summary>
    public required string ServiceVersion { get; init; }

    /// <summary>resourceVersions of its EndpointSlices by name, as <c>name@version</c>.</summary>
    public required IReadOnlyList<string> SliceVersions { get; init; }

    /// <summary>A NodePort, an external or a load balancer's IP leads here.</summary>
    public bool ExternallyAccessible => NodePort != 0 || LoadBalancerIPs.Count > 0 || ExternalIPs.Count > 0;

    /// <summary>Whether some traffic may use endpoints of the whole cluster.</summary>
    /// <remarks>Also with externalTrafficPolicy Local: Pods that dial the load balancer are short-circuited. Source: pkg/proxy/serviceport.go.</remarks>
    public bool UsesClusterEndpoints => !InternalLocal || ExternallyAccessible;

    public bool UsesLocalEndpoints => InternalLocal || (ExternalLocal && ExternallyAccessible);

    /// <summary>Whether two nodes may answer differently: the node's overlay has an entry for it.</summary>
    public bool DependsOnNode => UsesLocalEndpoints || Choices.DependsOnNode;

    /// <summary>As kube-proxy writes it: <c>default/web:http</c>, <c>default/web</c> for a port without name.</summary>
    public string PortText => PortName.Length == 0 ? Service.ToString() : $"{Service}:{PortName}";

    /// <summary>Names the port among all ports of all Services; stays the same when the Service changes.</summary>
    public string StateKey => _stateKey ??= $"{PortText}/{Protocol}";

    /// <summary>The names of kube-proxy's chains. Worked out at first use: only traces and listings show them.</summary>
    public ChainNames Chains => _chains ??= ChainNames.Of(PortText, Protocol);
}
