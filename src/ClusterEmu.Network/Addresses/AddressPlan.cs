namespace ClusterEmu.Network;

/// <summary>The address ranges of one cluster. The defaults are those of the first cluster on a machine (slot 0).</summary>
public sealed record AddressPlan
{
    /// <summary>Up to this many nodes the default Pod range is 172.17.0.0/16; with more it is 10.128.0.0/9.</summary>
    public const int NodesInSmallPodRange = 256;

    /// <summary>A Pod's own loopback addresses in the fabric. No other range may touch it.</summary>
    public static readonly Cidr PodLoopback = Cidr.Parse("127.0.0.0/16");

    /// <summary>Pods of all nodes. Default: 172.17.0.0/16.</summary>
    public Cidr PodRange { get; init; } = Cidr.Parse("172.17.0.0/16");

    /// <summary>Prefix length of each node's part of <see cref="PodRange"/>. 1 to 30. Default: 24, for 254 Pods.</summary>
    public int NodePodPrefix { get; init; } = 24;

    /// <summary>ClusterIPs. At most 2^20 addresses (/12). Default: 10.96.0.0/12.</summary>
    public Cidr ServiceRange { get; init; } = Cidr.Parse("10.96.0.0/12");

    /// <summary>InternalIPs of nodes; its first host is the control plane. Default: 172.18.0.0/16.</summary>
    public Cidr NodeRange { get; init; } = Cidr.Parse("172.18.0.0/16");

    /// <summary>ExternalIPs of nodes, which the host can reach. Default: 127.18.0.0/16.</summary>
    public Cidr NodeExternalRange { get; init; } = Cidr.Parse("127.18.0.0/16");

    /// <summary>Addresses of cloud load balancers, which the host can reach. Default: 127.203.0.0/16.</summary>
    public Cidr LoadBalancerRange { get; init; } = Cidr.Parse("127.203.0.0/16");

    /// <summary>The plan of the cluster in slot <paramref name="slot"/> (0 to 49) with so many nodes.</summary>
    public static AddressPlan ForSlot(int slot, int nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slot, 49);
        return new AddressPlan
        {
            PodRange = Cidr.Parse(nodes <= NodesInSmallPodRange ? "172.17.0.0/16" : "10.128.0.0/9"),
            NodeExternalRange = Cidr.Parse($"127.{18 + slot}.0.0/16"),
            LoadBalancerRange = Cidr.Parse($"127.{203 + slot}.0.0/16"),
        };
    }

    /// <summary>The control plane's address in the fabric: 172.18.0.1.</summary>
    public Ip ControlPlane => NodeRange.Host(1);

    /// <summary>The Service <c>kubernetes</c>: 10.96.0.1.</summary>
    public Ip KubernetesService => ServiceRange.Host(1);

    /// <summary>The Service <c>kube-dns</c>: 10.96.0.10.</summary>
    public Ip DnsService => ServiceRange.Host(10);

    /// <summary>Node <paramref name="number"/> (from 1): 172.18.0.2 for node-1.</summary>
    public Ip NodeInternal(int number) => NodeRange.Host((ulong)number + 1);

    /// <summary>Node <paramref name="number"/> (from 1) as the host reaches it: 127.18.0.2 for node-1.</summary>
    public Ip NodeExternal(int number) => NodeExternalRange.Host((ulong)number + 1);

    /// <summary>Pod range of node <paramref name="number"/> (from 1): 172.17.0.0/24 for node-1.</summary>
    public Cidr NodePods(int number) => PodRange.Subnet(NodePodPrefix, number - 1);

    /// <summary>Load balancer address <paramref name="number"/> (from 1): 127.203.0.1 is the first.</summary>
    public Ip LoadBalancer(int number) => LoadBalancerRange.Host((ulong)number);

    /// <summary>All ranges by the name of their key, in a fixed order.</summary>
    public IReadOnlyList<(string Key, Cidr Range)> Ranges =>
    [
        ("pod-range", PodRange),
        ("service-range", ServiceRange),
        ("node-range", NodeRange),
        ("node-external-range", NodeExternalRange),
        ("load-balancer-range", LoadBalancerRange),
    ];
}
