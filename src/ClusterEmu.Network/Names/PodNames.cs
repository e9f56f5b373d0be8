namespace ClusterEmu.Network;

/// <summary>Names of Pods by address: <c>172-17-0-5.default.pod.cluster.local</c>.</summary>
/// <remarks>As with <c>pods insecure</c>: any address is answered, whether or not a Pod has it, in a namespace that exists.</remarks>
internal static class PodNames
{
    public static ZoneAnswer Find(ClusterZone zone, string name, string[] labels, DnsType type)
    {
        if (labels.Length == 0) return ZoneLookup.NoData(zone);
        if (!zone.Namespaces.TryGet(new ObjectName("", labels[^1]), out _)) return ZoneLookup.NoName(zone);
        if (labels.Length == 1) return ZoneLookup.NoData(zone);
        var dashed = labels[0];
        var text = dashed.Count(c => c == '-') == 3 && !dashed.Contains("--", StringComparison.Ordinal) ? dashed.Replace('-', '.') : dashed.Replace('-', ':');
        return labels.Length == 2 && Ip.TryParse(text, out var ip)
            ? ZoneLookup.OfType(zone, [new DnsRecord.Address(name, zone.Ttl, ip)], type)
            : ZoneLookup.NoName(zone);
    }
}
