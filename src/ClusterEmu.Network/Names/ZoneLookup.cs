namespace ClusterEmu.Network;

/// <summary>Answers questions from a <see cref="ClusterZone"/>, as CoreDNS with its kubernetes plugin does.</summary>
/// <remarks>
/// Sources: the Kubernetes DNS specification 1.1.0; coredns, plugin/kubernetes (parse.go, kubernetes.go, reverse.go), with the Corefile
/// of kubeadm: <c>pods insecure</c>, <c>ttl 30</c>.
/// </remarks>
public static class ZoneLookup
{
    /// <summary>Aliases that may follow each other.</summary>
    private const int MaxAliases = 8;

    /// <param name="zone">The names.</param>
    /// <param name="name">The name asked for, in any case; answers repeat it as written.</param>
    /// <param name="type">What is asked for.</param>
    public static ZoneAnswer Resolve(ClusterZone zone, string name, DnsType type)
    {
        var answers = new List<DnsRecord>();
        var asked = name;
        for (var aliases = 0; ; aliases++)
        {
            var found = Find(zone, asked, type);
            answers.AddRange(found.Answers);
            // An alias is followed wherever it leads, unless it was the alias itself that was asked for.
            if (aliases == MaxAliases || type is DnsType.CNAME or DnsType.ANY || found.Answers is not [DnsRecord.Pointer { Type: DnsType.CNAME } alias])
                return answers.Count == 0 ? found : new ZoneAnswer(aliases > 0 ? DnsCode.NoError : found.Code, answers, found.Additional, null);
            asked = alias.Target;
        }
    }

    /// <summary>The zone's SOA record.</summary>
    public static DnsRecord.Authority AuthorityOf(ClusterZone zone, string domain) => new(
        domain, zone.Ttl, Under("ns.dns", domain), Under("hostmaster", domain), (uint)zone.Revision, 7200, 1800, 86400, zone.Ttl);

    private static ZoneAnswer Find(ClusterZone zone, string name, DnsType type)
    {
        var lower = name.ToLowerInvariant();
        if (lower == zone.Domain) return Apex(zone, name, type);
        if (lower.EndsWith("." + zone.Domain, StringComparison.Ordinal))
            return InCluster(zone, name, lower[..^(zone.Domain.Length + 1)].Split('.'), type);
        if (lower.EndsWith(".in-addr.arpa", StringComparison.Ordinal) || lower.EndsWith(".ip6.arpa", StringComparison.Ordinal))
            return Reverse(zone, name, lower, type);
        return Outside(zone, name, lower, type);
    }

    private static ZoneAnswer Apex(ClusterZone zone, string name, DnsType type) => type switch
    {
        DnsType.SOA => Found([AuthorityOf(zone, zone.Domain)]),
        DnsType.NS => new ZoneAnswer(DnsCode.NoError, [new DnsRecord.Pointer(name, DnsType.NS, zone.Ttl, Under("ns.dns", zone.Domain))],
            NameServer(zone, Under("ns.dns", zone.Domain)), null),
        _ => NoData(zone),
    };

    private static ZoneAnswer InCluster(ClusterZone zone, string name, string[] labels, DnsType type)
    {
        switch (labels[^1])
        {
            case "svc":
                return Services(zone, name, labels[..^1], type);
            case "pod":
                return PodNames.Find(zone, name, labels[..^1], type);
            case "dns" when labels is ["dns"]:
                return NoData(zone);
            case "dns" when labels is ["ns", "dns"]:
                return OfType(zone, NameServer(zone, name), type);
            case "dns-version" when labels.Length == 1:
                return OfType(zone, [new DnsRecord.Text(name, zone.Ttl, ["1.1.0"])], type);
            default:
                return NoName(zone);
        }
    }

    private static ZoneAnswer Services(ClusterZone zone, string name, string[] labels, DnsType type)
    {
        if (labels.Length == 0) return NoData(zone);
        var ns = labels[^1];
        if (labels.Length == 1) return zone.Namespaces.TryGet(new ObjectName("", ns), out _) ? NoData(zone) : NoName(zone);
        if (!zone.Services.TryGet(new ObjectName(ns, labels[^2]), out var service)) return NoName(zone);
        return labels.Length switch
        {
            2 => ServiceNames.OfService(zone, name, service, type),
            3 => ServiceNames.OfEndpoint(zone, name, service, labels[0], type),
            4 when labels[0].StartsWith('_') && labels[1].StartsWith('_') => ServiceNames.OfPort(zone, name, service, labels[0][1..], labels[1][1..], type),
            _ => NoName(zone),
        };
    }

    private static ZoneAnswer Reverse(ClusterZone zone, string name, string lower, DnsType type)
    {
        if (!ReverseName.TryParse(lower, out var ip)) return NoName(zone, lower);
        if (zone.Owners.TryGet(new IpKey(ip), out var owners))
        {
            var first = owners[0].Hostname.Length == 0 ? owners.Take(1) : owners;
            return OfType(zone, [.. first.Select(owner => new DnsRecord.Pointer(name, DnsType.PTR, zone.Ttl, ServiceNames.NameOf(zone, owner)))], type);
        }
        var outside = zone.Outside.Where(host => host.Value.Contains(ip)).Select(host => host.Key).Order(StringComparer.Ordinal).FirstOrDefault();
        return outside is null ? NoName(zone, lower) : OfType(zone, [new DnsRecord.Pointer(name, DnsType.PTR, zone.Ttl, outside)], type);
    }

    private static ZoneAnswer Outside(ClusterZone zone, string name, string lower, DnsType type) =>
        zone.Outside.TryGetValue(lower, out var ips)
            ? OfType(zone, [.. ips.Select(ip => new DnsRecord.Address(name, zone.Ttl, ip))], type, lower)
            : NoName(zone, lower);

    private static List<DnsRecord> NameServer(ClusterZone zone, string name) =>
        zone.Services.TryGet(zone.DnsService, out var service) ? [.. service.ClusterIPs.Select(ip => new DnsRecord.Address(name, zone.Ttl, ip))] : [];

    /// <summary>Those of the type; the name exists all the same if none is.</summary>
    internal static ZoneAnswer OfType(ClusterZone zone, IReadOnlyList<DnsRecord> records, DnsType type, string? domain = null)
    {
        IReadOnlyList<DnsRecord> matching = type == DnsType.ANY ? records : [.. records.Where(r => r.Type == type)];
        return matching.Count > 0 ? Found(matching) : NoData(zone, domain);
    }

    internal static ZoneAnswer Found(IReadOnlyList<DnsRecord> answers) => new(DnsCode.NoError, answers, [], null);

    internal static ZoneAnswer NoData(ClusterZone zone, string? domain = null) =>
        new(DnsCode.NoError, [], [], AuthorityOf(zone, Parent(domain) ?? zone.Domain));

    internal static ZoneAnswer NoName(ClusterZone zone, string? domain = null) =>
        new(DnsCode.NameError, [], [], AuthorityOf(zone, Parent(domain) ?? zone.Domain));

    internal static string Under(string name, string domain) => domain.Length == 0 ? name : $"{name}.{domain}";

    /// <summary>Outside names have no zones of their own here: their top-level domain answers for them.</summary>
    private static string? Parent(string? domain) => domain?[(domain.LastIndexOf('.') + 1)..];
}
