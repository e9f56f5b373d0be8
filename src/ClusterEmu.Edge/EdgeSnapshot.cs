using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>A node as the cloud sees it.</summary>
/// <param name="Name">Name of the Node.</param>
/// <param name="InternalIP">Its address in the cluster.</param>
/// <param name="ExternalIP">Its address outside, translated one to one; null without one.</param>
/// <param name="Ready">Condition Ready is True.</param>
/// <param name="Excluded">Label node.kubernetes.io/exclude-from-external-load-balancers keeps load balancers off it.</param>
public sealed record EdgeNode(string Name, Ip InternalIP, Ip? ExternalIP, bool Ready, bool Excluded);

/// <param name="Name">Name of the port; may be empty.</param>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Port">The load balancer's port.</param>
/// <param name="NodePort">The port on every node; 0 if none is allocated.</param>
public sealed record EdgePort(string Name, IpProtocol Protocol, int Port, int NodePort);

/// <summary>A Service that can be reached from outside.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ingress">Addresses of its load balancer; empty for type NodePort, and before one is assigned.</param>
/// <param name="LocalOnly">externalTrafficPolicy is Local.</param>
/// <param name="ClientAffinity">sessionAffinity is ClientIP.</param>
/// <param name="SourceRanges">Clients that the load balancer lets in; empty: all.</param>
/// <param name="Ports">Its ports.</param>
public sealed record EdgeService(
    string Namespace, string Name, IReadOnlyList<Ip> Ingress, bool LocalOnly, bool ClientAffinity,
    IReadOnlyList<Cidr> SourceRanges, IReadOnlyList<EdgePort> Ports)
{
    public string Uid { get; init; } = "";

    /// <summary>The cloud makes a load balancer for it, and begins with the health checks: they run before it has an address.</summary>
    public bool Balanced { get; init; }

    /// <summary>Where nodes tell whether they have ready endpoints of it; 0 without externalTrafficPolicy Local.</summary>
    public int HealthCheckNodePort { get; init; }

    /// <summary>What its annotation <see cref="EdgeReader.HostPortMapAnnotation"/> says now; empty without one.</summary>
    public string HostPortMap { get; init; } = "";

    /// <summary><c>namespace/name</c>.</summary>
    public string Key => $"{Namespace}/{Name}";
}

/// <summary>All that the edge must know to decide. Immutable; equal revisions are the same snapshot.</summary>
public sealed class EdgeSnapshot
{
    public static readonly EdgeSnapshot Empty = new(0, [], [], new Dictionary<string, PortStatesFrame>(StringComparer.Ordinal));
    private readonly Dictionary<Ip, EdgeNode> _external = [];
    private readonly Dictionary<Ip, EdgeNode> _internal = [];
    private readonly Dictionary<Ip, EdgeService> _ingress = [];
    private readonly IReadOnlyDictionary<string, PortStatesFrame> _states;
    private readonly IReadOnlyDictionary<HealthTarget, HealthStatus> _health;

    /// <param name="revision">Counts snapshots.</param>
    /// <param name="nodes">All nodes, in any order.</param>
    /// <param name="services">Services of type NodePort and LoadBalancer, in any order.</param>
    /// <param name="states">What each node that could be asked says of its ports.</param>
    /// <param name="health">What health checks say; null: nothing yet.</param>
    public EdgeSnapshot(
        long revision, IEnumerable<EdgeNode> nodes, IEnumerable<EdgeService> services, IReadOnlyDictionary<string, PortStatesFrame> states,
        IReadOnlyDictionary<HealthTarget, HealthStatus>? health = null)
    {
        Revision = revision;
        Nodes = [.. nodes.OrderBy(node => node.InternalIP).ThenBy(node => node.Name, StringComparer.Ordinal)];
        Services = [.. services.OrderBy(service => service.Key, StringComparer.Ordinal)];
        _states = states;
        _health = health ?? new Dictionary<HealthTarget, HealthStatus>();
        foreach (var node in Nodes) _internal.TryAdd(node.InternalIP, node);
        foreach (var node in Nodes)
            if (node.ExternalIP is { } ip) _external.TryAdd(ip, node);
        foreach (var service in Services)
            foreach (var ip in service.Ingress) _ingress.TryAdd(ip, service);
    }

    public long Revision { get; }

    /// <summary>In the order of their InternalIPs.</summary>
    public IReadOnlyList<EdgeNode> Nodes { get; }

    /// <summary>In the order of their keys.</summary>
    public IReadOnlyList<EdgeService> Services { get; }

    public EdgeNode? NodeByExternalIP(Ip ip) => _external.GetValueOrDefault(ip);

    public EdgeNode? NodeByInternalIP(Ip ip) => _internal.GetValueOrDefault(ip);

    public EdgeService? ServiceByIngress(Ip ip) => _ingress.GetValueOrDefault(ip);

    /// <summary>What the health check of a target says; null while the first one runs, or if there is none.</summary>
    public HealthStatus? HealthOf(HealthTarget target) => _health.GetValueOrDefault(target);

    /// <summary>What a node does with a new connection to one of its ports: Forward or Deliver, Reject, or Drop if it is off or cut off.</summary>
    public WirePortAction ActionAt(string node, IpProtocol protocol, int port)
    {
        if (!_states.TryGetValue(node, out var states) || !states.Alive) return WirePortAction.Drop;
        foreach (var known in states.Ports)
            if (known.Protocol == protocol && known.Port == port) return known.Action;
        return WirePortAction.Reject;
    }
}
