namespace ClusterEmu.Network;

public enum ZoneServiceKind : byte
{
    ClusterIP = 1,
    Headless = 2,
    ExternalName = 3,
}

/// <summary>A port as SRV records name it. An empty name has no SRV record of its own.</summary>
public sealed record ZonePort(string Name, string Protocol, int Port);

/// <summary>A ready endpoint.</summary>
/// <param name="Ip">Its address.</param>
/// <param name="Hostname">Its own name under the Service: spec.hostname of its Pod, or the address with dashes.</param>
/// <param name="Ports">Its ports.</param>
public sealed record ZoneEndpoint(Ip Ip, string Hostname, IReadOnlyList<ZonePort> Ports);

/// <summary>A Service as DNS sees it.</summary>
public sealed record ZoneService(
    ObjectName Name,
    ZoneServiceKind Kind,
    IReadOnlyList<Ip> ClusterIPs,
    string ExternalName,
    IReadOnlyList<ZonePort> Ports,
    IReadOnlyList<ZoneEndpoint> Endpoints);

/// <summary>Who has an address, for PTR records: a Service by its ClusterIP, or an endpoint of one.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Hostname">The endpoint's; empty for the ClusterIP.</param>
public sealed record ZoneOwner(ObjectName Service, string Hostname);

/// <summary>All names that the cluster's DNS knows: an immutable version that shares structure with the ones before and after.</summary>
public sealed record ClusterZone
{
    /// <summary>The cluster's domain. Default: cluster.local.</summary>
    public string Domain { get; init; } = "cluster.local";

    /// <summary>Time to live of all records, in seconds. Default: 30, as in the Corefile of kubeadm.</summary>
    public uint Ttl { get; init; } = 30;

    /// <summary>Counts changes; the zone's serial.</summary>
    public long Revision { get; init; }
    public PersistentMap<ObjectName, ZoneService> Services { get; init; } = PersistentMap<ObjectName, ZoneService>.Empty;

    /// <summary>Keys have an empty namespace.</summary>
    public PersistentMap<ObjectName, bool> Namespaces { get; init; } = PersistentMap<ObjectName, bool>.Empty;

    /// <summary>Sorted: the ClusterIP first, then endpoints by Service.</summary>
    public PersistentMap<IpKey, IReadOnlyList<ZoneOwner>> Owners { get; init; } = PersistentMap<IpKey, IReadOnlyList<ZoneOwner>>.Empty;

    /// <summary>Names outside the cluster, in lower case and without a dot at the end, and their addresses.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Ip>> Outside { get; init; } = NoNames;

    /// <summary>The Service that runs the DNS itself, which NS records name.</summary>
    public ObjectName DnsService { get; init; } = new("kube-system", "kube-dns");

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<Ip>> NoNames = new Dictionary<string, IReadOnlyList<Ip>>(StringComparer.Ordinal);
}
