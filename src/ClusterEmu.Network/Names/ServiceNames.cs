namespace ClusterEmu.Network;

/// <summary>The names below a Service: its own, its endpoints', its ports'.</summary>
internal static class ServiceNames
{
    public static string NameOf(ClusterZone zone, ZoneOwner owner) =>
        owner.Hostname.Length == 0 ? NameOf(zone, owner.Service) : $"{owner.Hostname}.{NameOf(zone, owner.Service)}";

    public static ZoneAnswer OfService(ClusterZone zone, string name, ZoneService service, DnsType type)
    {
        if (service.Kind == ZoneServiceKind.ExternalName) return Alias(zone, name, service);
        if (type == DnsType.SRV) return ServiceRecords(zone, name, service, service.Endpoints, _ => true);
        if (service.Kind == ZoneServiceKind.Headless)
        {
            // A headless Service without ready endpoints has no records at all: its name does not exist.
            return service.Endpoints.Count == 0
                ? ZoneLookup.NoName(zone)
                : ZoneLookup.OfType(zone, [.. service.Endpoints.Select(e => new DnsRecord.Address(name, zone.Ttl, e.Ip))], type);
        }
        return ZoneLookup.OfType(zone, [.. service.ClusterIPs.Select(ip => new DnsRecord.Address(name, zone.Ttl, ip))], type);
    }

    public static ZoneAnswer OfEndpoint(ClusterZone zone, string name, ZoneService service, string hostname, DnsType type)
    {
        var endpoints = service.Endpoints.Where(e => e.Hostname == hostname).ToList();
        if (endpoints.Count == 0) return ZoneLookup.NoName(zone);
        return type == DnsType.SRV
            ? Records(zone, name, [.. endpoints.SelectMany(e => e.Ports.Select(p => (EndpointName(zone, service, e), p.Port, e.Ip)))])
            : ZoneLookup.OfType(zone, [.. endpoints.Select(e => new DnsRecord.Address(name, zone.Ttl, e.Ip))], type);
    }

    public static ZoneAnswer OfPort(ClusterZone zone, string name, ZoneService service, string port, string protocol, DnsType type)
    {
        bool Matches(ZonePort p) => p.Name == port && p.Protocol == protocol;
        if (service.Kind == ZoneServiceKind.ExternalName) return ZoneLookup.NoName(zone);
        var known = service.Kind == ZoneServiceKind.Headless ? service.Endpoints.Any(e => e.Ports.Any(Matches)) : service.Ports.Any(Matches);
        if (!known) return ZoneLookup.NoName(zone);
        if (type == DnsType.SRV) return ServiceRecords(zone, name, service, service.Endpoints, Matches);
        var ips = service.Kind == ZoneServiceKind.Headless ? service.Endpoints.Where(e => e.Ports.Any(Matches)).Select(e => e.Ip) : service.ClusterIPs;
        return ZoneLookup.OfType(zone, [.. ips.Select(ip => new DnsRecord.Address(name, zone.Ttl, ip))], type);
    }

    private static ZoneAnswer Alias(ClusterZone zone, string name, ZoneService service)
    {
        // An externalName that looks like an address is still a name (Kubernetes' own warning); CoreDNS answers it with the address.
        if (Ip.TryParse(service.ExternalName, out var ip)) return ZoneLookup.Found([new DnsRecord.Address(name, zone.Ttl, ip)]);
        return ZoneLookup.Found([new DnsRecord.Pointer(name, DnsType.CNAME, zone.Ttl, service.ExternalName)]);
    }

    private static ZoneAnswer ServiceRecords(
        ClusterZone zone, string name, ZoneService service, IReadOnlyList<ZoneEndpoint> endpoints, Func<ZonePort, bool> matches)
    {
        List<(string Target, int Port, Ip Ip)> found = service.Kind == ZoneServiceKind.Headless
            ? [.. endpoints.SelectMany(e => e.Ports.Where(matches).Select(p => (EndpointName(zone, service, e), p.Port, e.Ip)))]
            : [.. service.Ports.Where(matches).SelectMany(p => service.ClusterIPs.Select(ip => (NameOf(zone, service.Name), p.Port, ip)))];
        return found.Count == 0 && service.Kind == ZoneServiceKind.Headless ? ZoneLookup.NoName(zone) : Records(zone, name, found);
    }

    private static ZoneAnswer Records(ClusterZone zone, string name, IReadOnlyList<(string Target, int Port, Ip Ip)> found)
    {
        if (found.Count == 0) return ZoneLookup.NoData(zone);
        var targets = found.Select(f => (f.Target, f.Port)).Distinct().ToList();
        var weight = (ushort)Math.Max(1, 100 / targets.Count);
        return new ZoneAnswer(
            DnsCode.NoError,
            [.. targets.Select(t => new DnsRecord.Service(name, zone.Ttl, 0, weight, (ushort)t.Port, t.Target))],
            [.. found.Select(f => (f.Target, f.Ip)).Distinct().Select(f => new DnsRecord.Address(f.Target, zone.Ttl, f.Ip))],
            null);
    }

    private static string EndpointName(ClusterZone zone, ZoneService service, ZoneEndpoint endpoint) => $"{endpoint.Hostname}.{NameOf(zone, service.Name)}";

    private static string NameOf(ClusterZone zone, ObjectName service) => $"{service.Name}.{service.Namespace}.svc.{zone.Domain}";
}
