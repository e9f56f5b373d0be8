namespace ClusterEmu.Network;

/// <summary>Replaces one Service in a table.</summary>
internal static class TableEdit
{
    public static TableRoot Replace(TableRoot root, ObjectName name, ServiceTable? before, ServiceTable? after)
    {
        var (entries, nodePorts, addresses) = (root.Entries, root.NodePorts, root.Addresses);
        if (before is not null)
        {
            foreach (var (key, _, _) in Destinations(before))
            {
                if (!entries.TryGet(key, out var chain)) continue;
                var rest = TableEntry.Without(chain, name);
                if (ReferenceEquals(rest, chain)) continue;
                entries = rest is null ? entries.Without(key) : entries.With(key, rest);
                if (rest is null) addresses = Count(addresses, key.Ip, -1);
            }
            foreach (var (key, _) in NodePortsOf(before))
                if (nodePorts.TryGet(key, out var chain))
                    nodePorts = TableEntry.Without(chain, name) is { } rest ? nodePorts.With(key, rest) : nodePorts.Without(key);
        }
        if (after is not null)
        {
            foreach (var (key, kind, port) in Destinations(after))
            {
                if (!entries.TryGet(key, out var chain)) addresses = Count(addresses, key.Ip, +1);
                entries = entries.With(key, TableEntry.With(chain, kind, port));
            }
            foreach (var (key, port) in NodePortsOf(after))
                nodePorts = nodePorts.With(key, TableEntry.With(nodePorts.TryGet(key, out var chain) ? chain : null, EntryKind.NodePort, port));
        }
        return root with
        {
            Entries = entries,
            NodePorts = nodePorts,
            Addresses = addresses,
            Services = after is null ? root.Services.Without(name) : root.Services.With(name, after),
            NodeDependent = after is not null && after.Ports.Any(p => p.DependsOnNode) ? root.NodeDependent.With(name, after) : root.NodeDependent.Without(name),
        };
    }

    private static IEnumerable<(TableKey Key, EntryKind Kind, ServicePortTable Port)> Destinations(ServiceTable service)
    {
        foreach (var port in service.Ports)
        {
            foreach (var ip in port.ClusterIPs) yield return (new TableKey(ip, port.Protocol, port.Port), EntryKind.ClusterIP, port);
            foreach (var ip in port.LoadBalancerIPs) yield return (new TableKey(ip, port.Protocol, port.Port), EntryKind.LoadBalancerIP, port);
            foreach (var ip in port.ExternalIPs) yield return (new TableKey(ip, port.Protocol, port.Port), EntryKind.ExternalIP, port);
        }
    }

    private static IEnumerable<(NodePortKey Key, ServicePortTable Port)> NodePortsOf(ServiceTable service) =>
        service.Ports.Where(p => p.NodePort != 0).Select(p => (new NodePortKey(p.Protocol, p.NodePort), p));

    private static PersistentMap<IpKey, int> Count(PersistentMap<IpKey, int> addresses, Ip ip, int change)
    {
        var key = new IpKey(ip);
        var count = (addresses.TryGet(key, out var known) ? known : 0) + change;
        return count > 0 ? addresses.With(key, count) : addresses.Without(key);
    }
}
