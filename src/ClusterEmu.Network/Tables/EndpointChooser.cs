namespace ClusterEmu.Network;

/// <summary>Which endpoints of a Service port take traffic, for every node at once.</summary>
/// <remarks>
/// Kubernetes 1.32: ready endpoints; if there are none, those that serve while terminating; zone hints count only if every ready
/// endpoint has some and one is for the zone. Kubernetes 1.17 to 1.21: topologyKeys, the first key that finds endpoints.
/// </remarks>
public static class EndpointChooser
{
    private const string HostnameKey = "kubernetes.io/hostname";

    public static EndpointChoices Choose(
        IReadOnlyList<TableEndpoint> endpoints, IReadOnlyList<string> topologyKeys, bool usesCluster, bool usesLocal)
    {
        TableEndpoint[] ready = [.. endpoints.Where(e => e.Ready)];
        TableEndpoint[] terminating = [.. endpoints.Where(e => e.ServesWhileTerminating && !e.Ready)];
        var usable = ready.Length > 0 ? ready : terminating;
        var strict = topologyKeys.Count > 0 && !topologyKeys.Contains("*") && usesCluster;
        return new EndpointChoices
        {
            Cluster = usesCluster ? usable : [],
            ByZone = !usesCluster || ready.Length == 0 ? [] : topologyKeys.Count > 0 ? ZonesByKeys(ready, topologyKeys) : ZonesByHints(ready),
            BySameNode = usesCluster ? NodesByKeys(usable, topologyKeys) : [],
            Local = usesLocal ? LocalByNode(endpoints) : [],
            HasAny = usable.Length > 0,
            Strict = strict,
        };
    }

    private static (string, TableEndpoint[])[] ZonesByHints(TableEndpoint[] ready)
    {
        if (ready.Any(e => e.HintZones.Count == 0)) return [];
        return [.. ready.SelectMany(e => e.HintZones).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(zone => (zone, ready.Where(e => e.HintZones.Contains(zone)).ToArray()))];
    }

    private static (string, TableEndpoint[])[] ZonesByKeys(TableEndpoint[] ready, IReadOnlyList<string> keys)
    {
        var zone = IndexOf(keys, Registration.ZoneLabel);
        // A key after "*" is never reached.
        return zone < 0 || (IndexOf(keys, "*") is var any && any >= 0 && any < zone) ? [] : Group(ready, e => e.Zone);
    }

    private static (string, TableEndpoint[])[] NodesByKeys(TableEndpoint[] usable, IReadOnlyList<string> keys)
    {
        var node = IndexOf(keys, HostnameKey);
        if (node < 0 || (IndexOf(keys, "*") is var any && any >= 0 && any < node)) return [];
        // Zone before node: the node's own endpoints lie in its zone, so the zone always finds some first.
        return IndexOf(keys, Registration.ZoneLabel) is var zone && zone >= 0 && zone < node ? [] : Group(usable, e => e.Node);
    }

    private static (string, TableEndpoint[])[] LocalByNode(IReadOnlyList<TableEndpoint> endpoints) =>
        [.. Group(endpoints, e => e.Node)
            .Select(group => (group.Name, Endpoints: group.Endpoints.Any(e => e.Ready)
                ? group.Endpoints.Where(e => e.Ready).ToArray()
                : group.Endpoints.Where(e => e.ServesWhileTerminating).ToArray()))
            .Where(group => group.Endpoints.Length > 0)];

    private static (string Name, TableEndpoint[] Endpoints)[] Group(IEnumerable<TableEndpoint> endpoints, Func<TableEndpoint, string> key) =>
        [.. endpoints.Where(e => key(e).Length > 0).GroupBy(key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.ToArray()))];

    private static int IndexOf(IReadOnlyList<string> keys, string key)
    {
        for (var i = 0; i < keys.Count; i++)
            if (keys[i] == key) return i;
        return -1;
    }
}
