using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>Reads what DNS must know of a Service from it and its EndpointSlices.</summary>
public static class ZoneServiceReader
{
    /// <returns>Null for a Service that has no address yet.</returns>
    public static ZoneService? Read(Service service, IReadOnlyList<EndpointSlice> slices)
    {
        var name = new ObjectName(service.Metadata.Namespace, service.Metadata.Name);
        var spec = service.Spec;
        if (spec.Type == "ExternalName")
            return new ZoneService(name, ZoneServiceKind.ExternalName, [], spec.ExternalName.TrimEnd('.').ToLowerInvariant(), [], []);
        var kind = spec.ClusterIP == "None" ? ZoneServiceKind.Headless : ZoneServiceKind.ClusterIP;
        var ips = new List<Ip>();
        foreach (var text in spec.ClusterIPs.Count > 0 ? spec.ClusterIPs : [spec.ClusterIP])
            if (Ip.TryParse(text, out var ip)) ips.Add(ip);
        if (kind == ZoneServiceKind.ClusterIP && ips.Count == 0) return null;
        return new ZoneService(name, kind, ips, "", [.. spec.Ports.Select(p => new ZonePort(p.Name, Lower(p.Protocol), p.Port))], Endpoints(slices));
    }

    private static List<ZoneEndpoint> Endpoints(IReadOnlyList<EndpointSlice> slices)
    {
        var found = new SortedDictionary<Ip, ZoneEndpoint>();
        foreach (var slice in slices)
        {
            if (slice.AddressType is not ("IPv4" or "IPv6")) continue;
            IReadOnlyList<ZonePort> ports = [.. slice.Ports.Select(p => new ZonePort(p.Name ?? "", Lower(p.Protocol ?? ""), p.Port ?? 0))];
            foreach (var endpoint in slice.Endpoints)
            {
                // Not ready is left out; with publishNotReadyAddresses the slice says ready.
                if (!(endpoint.Conditions.Ready ?? true) || endpoint.Addresses.Count == 0 || !Ip.TryParse(endpoint.Addresses[0], out var ip)) continue;
                var joined = found.TryGetValue(ip, out var known) ? [.. known.Ports.Concat(ports).Distinct()] : ports;
                found[ip] = new ZoneEndpoint(ip, HostnameOf(endpoint, ip), joined);
            }
        }
        return [.. found.Values];
    }

    /// <remarks>Source: coredns, plugin/kubernetes (endpointHostname).</remarks>
    private static string HostnameOf(Endpoint endpoint, Ip ip) =>
        endpoint.Hostname is { Length: > 0 } hostname ? hostname.ToLowerInvariant() : ip.ToString().Replace('.', '-').Replace(':', '-');

    private static string Lower(string protocol) => protocol.Length == 0 ? "tcp" : protocol.ToLowerInvariant();
}
