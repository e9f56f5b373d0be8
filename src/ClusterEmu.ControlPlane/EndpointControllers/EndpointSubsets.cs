using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Works out the subsets of an Endpoints object. Pure. Source: pkg/controller/endpoint, pkg/api/v1/endpoints/util.go.</summary>
public static class EndpointSubsets
{
    /// <summary>Addresses that one Endpoints object holds at most.</summary>
    public const int Capacity = 1000;

    /// <summary>The subsets that a Service's Pods make: ports with exactly the same addresses share one.</summary>
    public static IReadOnlyList<EndpointSubset> Of(Service service, IEnumerable<Pod> pods)
    {
        var byPort = new Dictionary<EndpointPort, List<Entry>>();
        var portless = new List<Entry>();
        var family = service.Spec.IPFamilies.Count > 0 ? service.Spec.IPFamilies[0] : "IPv4";
        foreach (var pod in pods.Where(pod => EndpointPods.IsListed(pod, service.Spec.PublishNotReadyAddresses)))
        {
            if (EndpointPods.Addresses(pod, family).FirstOrDefault() is not { } ip) continue;
            var ready = service.Spec.PublishNotReadyAddresses || PodFacts.IsReady(pod);
            var entry = new Entry(AddressOf(service, pod, ip), AddressOrder.Of(ip), ready);
            if (service.Spec.Ports.Count == 0 && service.Spec.ClusterIP == "None") portless.Add(entry);
            foreach (var port in service.Spec.Ports)
            {
                if (EndpointPods.PortOf(pod, port) is not { } number) continue;
                var key = new EndpointPort
                {
                    Name = port.Name,
                    Port = number,
                    Protocol = EndpointPods.ProtocolOf(port),
                    AppProtocol = port.AppProtocol,
                };
                if (!byPort.TryGetValue(key, out var addresses)) byPort[key] = addresses = [];
                addresses.Add(entry);
            }
        }
        var subsets = Merge(byPort);
        portless.Sort();
        if (portless.Count > 0) subsets.Add(SubsetOf(portless, []));
        return subsets;
    }

    /// <summary>All addresses, ready or not.</summary>
    public static int Count(IReadOnlyList<EndpointSubset> subsets)
    {
        var count = 0;
        foreach (var subset in subsets) count += subset.Addresses.Count + subset.NotReadyAddresses.Count;
        return count;
    }

    /// <summary>The subsets cut down to <see cref="Capacity"/>: ready addresses first, each subset in proportion.</summary>
    /// <returns>And whether anything was cut.</returns>
    public static (IReadOnlyList<EndpointSubset> Subsets, bool Truncated) Truncate(IReadOnlyList<EndpointSubset> subsets)
    {
        var ready = subsets.Sum(subset => subset.Addresses.Count);
        var notReady = subsets.Sum(subset => subset.NotReadyAddresses.Count);
        if (ready + notReady <= Capacity) return (subsets, false);
        var cutReady = ready > Capacity;
        var (room, total) = cutReady ? (Capacity, ready) : (Capacity - ready, notReady);
        var left = room;
        var result = new List<EndpointSubset>();
        foreach (var subset in subsets)
        {
            var size = cutReady ? subset.Addresses.Count : subset.NotReadyAddresses.Count;
            var share = Math.Min(left, (int)((((long)size * room) + total - 1) / total));
            left -= Math.Min(share, size);
            result.Add(cutReady
                ? subset with { Addresses = [.. subset.Addresses.Take(share)], NotReadyAddresses = [] }
                : subset with { NotReadyAddresses = [.. subset.NotReadyAddresses.Take(share)] });
        }
        return (result, true);
    }

    /// <summary>Whether two lists say the same, revisions of the Pods aside.</summary>
    public static bool Same(IReadOnlyList<EndpointSubset> left, IReadOnlyList<EndpointSubset> right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!left[i].Ports.SequenceEqual(right[i].Ports)
                || !Same(left[i].Addresses, right[i].Addresses)
                || !Same(left[i].NotReadyAddresses, right[i].NotReadyAddresses))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Same(IReadOnlyList<EndpointAddress> left, IReadOnlyList<EndpointAddress> right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a.IP != b.IP || a.Hostname != b.Hostname || a.NodeName != b.NodeName) return false;
            if (Bare(a.TargetRef) != Bare(b.TargetRef)) return false;
        }
        return true;
    }

    private static ObjectReference? Bare(ObjectReference? reference) =>
        reference is null || reference.ResourceVersion.Length == 0 ? reference : reference with { ResourceVersion = "" };

    private static EndpointAddress AddressOf(Service service, Pod pod, string ip) => new()
    {
        IP = ip,
        NodeName = pod.Spec.NodeName.Length == 0 ? null : pod.Spec.NodeName,
        Hostname = EndpointPods.HostnameIn(pod, service),
        TargetRef = EndpointPods.Reference(pod),
    };

    private static List<EndpointSubset> Merge(Dictionary<EndpointPort, List<Entry>> byPort)
    {
        foreach (var addresses in byPort.Values) addresses.Sort();
        if (byPort.Count == 1) return [.. byPort.Select(only => SubsetOf(only.Value, [only.Key]))];
        var merged = new Dictionary<string, (List<Entry> Addresses, List<EndpointPort> Ports)>(StringComparer.Ordinal);
        foreach (var (port, addresses) in byPort.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Port).ThenBy(pair => pair.Key.Protocol, StringComparer.Ordinal))
        {
            var key = string.Join(';', addresses.Select(entry => $"{entry.Address.IP}/{entry.Address.TargetRef?.Uid}/{entry.Ready}"));
            if (merged.TryGetValue(key, out var known)) known.Ports.Add(port);
            else merged[key] = (addresses, [port]);
        }
        return [.. merged.Values.Select(group => SubsetOf(group.Addresses, group.Ports))];
    }

    /// <param name="addresses">In order.</param>
    /// <param name="ports">At which all of them listen.</param>
    private static EndpointSubset SubsetOf(List<Entry> addresses, IReadOnlyList<EndpointPort> ports) => new()
    {
        Addresses = [.. addresses.Where(entry => entry.Ready).Select(entry => entry.Address)],
        NotReadyAddresses = [.. addresses.Where(entry => !entry.Ready).Select(entry => entry.Address)],
        Ports = ports,
    };

    /// <summary>An address, read once for all the comparisons of a sort.</summary>
    private readonly record struct Entry(EndpointAddress Address, AddressOrder Order, bool Ready) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            var byAddress = Order.CompareTo(other.Order);
            return byAddress != 0 ? byAddress : string.CompareOrdinal(Address.TargetRef?.Uid, other.Address.TargetRef?.Uid);
        }
    }
}
