using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>What tables, DNS zones and load balancers say, line by line and in one order, without versions: equal lines mean equal behaviour.</summary>
public static class CanonicalTables
{
    /// <summary>One line for each destination.</summary>
    public static IReadOnlyList<string> Lines(TableRoot root)
    {
        List<string> lines = [];
        foreach (var (key, entry) in root.Entries.Sorted()) lines.Add($"{key.Protocol} {key.Ip}:{key.Port} -> {Text(entry)}");
        foreach (var (key, entry) in root.NodePorts.Sorted()) lines.Add($"{key.Protocol} node port {key.Port} -> {Text(entry)}");
        return lines;
    }

    /// <summary>One line for each Service, Namespace and address.</summary>
    public static IReadOnlyList<string> Lines(ClusterZone zone)
    {
        List<string> lines = [];
        foreach (var (name, service) in zone.Services.Sorted())
        {
            var endpoints = service.Endpoints.Select(endpoint => $"{endpoint.Hostname}={endpoint.Ip}[{Text(endpoint.Ports)}]").Order(StringComparer.Ordinal);
            lines.Add($"service {name} {service.Kind} {string.Join(',', service.ClusterIPs)} {service.ExternalName} [{Text(service.Ports)}] {string.Join(' ', endpoints)}");
        }
        foreach (var (name, _) in zone.Namespaces.Sorted()) lines.Add($"namespace {name.Name}");
        foreach (var (ip, owners) in zone.Owners.Sorted()) lines.Add($"owner of {ip.Ip}: {string.Join(' ', owners.Select(owner => $"{owner.Service}/{owner.Hostname}"))}");
        return lines;
    }

    /// <summary>The first difference, as a sentence; null if there is none.</summary>
    /// <param name="expected">What ought to be.</param>
    /// <param name="found">What is.</param>
    public static string? Difference(IReadOnlyList<string> expected, IReadOnlyList<string> found)
    {
        var missing = expected.Except(found, StringComparer.Ordinal).ToList();
        var extra = found.Except(expected, StringComparer.Ordinal).ToList();
        if (missing.Count == 0 && extra.Count == 0) return null;
        var first = missing.Count > 0 ? $"lacks '{missing[0]}'" : "";
        if (extra.Count > 0) first += $"{(first.Length > 0 ? " and " : "")}has '{extra[0]}' instead or too much";
        return $"{first} ({missing.Count} lines missing, {extra.Count} too much)";
    }

    private static string Text(IReadOnlyList<ZonePort> ports) => string.Join(',', ports.Select(port => $"{port.Name}/{port.Protocol}/{port.Port}"));

    private static string Text(TableEntry entry)
    {
        var port = entry.Port;
        List<string> parts = [$"{entry.Kind} of {port.PortText}"];
        if (port.AffinitySeconds > 0) parts.Add($"affinity {port.AffinitySeconds} s");
        if (port.InternalLocal) parts.Add("internal Local");
        if (port.ExternalLocal) parts.Add("external Local");
        if (port.TopologyKeys.Count > 0) parts.Add($"keys {string.Join(',', port.TopologyKeys)}");
        if (port.SourceRanges.Count > 0) parts.Add($"from {string.Join(',', port.SourceRanges)}");
        if (port.HealthCheckNodePort != 0) parts.Add($"health {port.HealthCheckNodePort}");
        parts.Add(string.Join(' ', port.Endpoints.Select(Text)));
        return string.Join(", ", parts) + (entry.Next is { } next ? $"; then {Text(next)}" : "");
    }

    private static string Text(TableEndpoint endpoint) =>
        $"{endpoint.Address}({endpoint.Pod}@{endpoint.Node}/{endpoint.Zone}{(endpoint.Ready ? " ready" : "")}{(endpoint.Serving ? " serving" : "")}"
        + $"{(endpoint.Terminating ? " terminating" : "")}{string.Concat(endpoint.HintZones.Select(zone => $" for {zone}"))})";
}
