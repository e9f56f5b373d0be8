namespace ClusterEmu.Network;

/// <summary>What makes an <see cref="AddressPlan"/> usable.</summary>
public static class AddressPlanRules
{
    private const string Section = "cluster-emu.network";

    /// <summary>Every problem, with the arithmetic and a remedy; empty if a cluster of <paramref name="nodes"/> nodes fits.</summary>
    public static IEnumerable<string> Problems(AddressPlan plan, int nodes)
    {
        foreach (var problem in Sizes(plan, nodes)) yield return problem;
        var ranges = plan.Ranges.Select(r => (Key: $"{Section}.{r.Key}", r.Range))
            .Append((Key: "the loopback addresses inside Pods", Range: AddressPlan.PodLoopback)).ToList();
        for (var i = 0; i < ranges.Count; i++)
            for (var j = i + 1; j < ranges.Count; j++)
                if (ranges[i].Range.Overlaps(ranges[j].Range)) yield return Overlap(ranges[i], ranges[j]);
    }

    private static IEnumerable<string> Sizes(AddressPlan plan, int nodes)
    {
        foreach (var (key, range) in plan.Ranges)
            if (!range.IsV4) yield return $"{Section}.{key} is {range}, but only IPv4 ranges can be used here. Usual: {Usual(key)}.";

        var perNode = plan.NodePodPrefix;
        if (perNode is < 1 or > 30)
            yield return $"{Section}.node-pod-prefix is {perNode}, but must be 1 to 30: a node needs at least 2 Pod addresses. Usual: 24.";
        else if (plan.PodRange.IsV4 && plan.PodRange.SubnetCount(perNode) < nodes)
            yield return $"{Section}.pod-range is {plan.PodRange} and holds {PowerOf(perNode, plan.PodRange.Prefix)} ranges of /{perNode}, "
                + $"but {nodes} nodes need one each. {Wider(perNode - BitsFor((ulong)nodes))}, or a longer node-pod-prefix.";

        if (plan.ServiceRange is { IsV4: true, Prefix: < 12 })
            yield return $"{Section}.service-range is {plan.ServiceRange}, which is 2^(32-{plan.ServiceRange.Prefix}) = {plan.ServiceRange.Count} addresses, "
                + "but Kubernetes allows at most 2^20 = 1048576. Use a /12 or longer prefix, such as 10.96.0.0/12.";
        // 1 for `kubernetes`, 10 for `kube-dns`, and the dynamic band needs room above.
        if (plan.ServiceRange is { IsV4: true, Prefix: > 27 })
            yield return TooSmall("service-range", plan.ServiceRange, 32, "10.96.0.1, 10.96.0.10 and the Services to come", 27);

        foreach (var (key, range) in plan.Ranges.Where(r => r.Key is "node-range" or "node-external-range"))
        {
            var needed = (ulong)nodes + 3; // Network address, control plane, broadcast address.
            if (range.IsV4 && range.Count < needed)
                yield return TooSmall(key, range, needed, $"the network, the control plane, {nodes} nodes and the broadcast address", 32 - BitsFor(needed));
        }
        if (plan.LoadBalancerRange is { IsV4: true, Prefix: > 30 })
            yield return TooSmall("load-balancer-range", plan.LoadBalancerRange, 4, "the network, two load balancers and the broadcast address", 30);
    }

    private static string TooSmall(string key, Cidr range, ulong needed, string what, int prefix) =>
        $"{Section}.{key} is {range} and holds 2^(32-{range.Prefix}) = {range.Count} addresses, but {needed} are needed for {what}. {Wider(prefix)}.";

    private static string Overlap((string Key, Cidr Range) a, (string Key, Cidr Range) b)
    {
        var shared = a.Range.Contains(b.Range) ? b.Range : a.Range;
        return $"{a.Key} {Spelled(a.Range)} and {b.Key} {Spelled(b.Range)} overlap: they share {shared.First}–{shared.Last}, "
            + $"{shared.Count} addresses. Move one of them, for example to a free part of 10.0.0.0/8 or 172.16.0.0/12.";
    }

    private static string Spelled(Cidr range) => $"{range} ({range.First}–{range.Last})";

    private static string PowerOf(int longPrefix, int shortPrefix) =>
        longPrefix < shortPrefix ? "0 (it is narrower than one)" : $"2^({longPrefix}-{shortPrefix}) = {1L << (longPrefix - shortPrefix)}";

    private static string Wider(int prefix) => prefix >= 1 ? $"Use a /{prefix} or wider range" : "Use fewer nodes";

    private static int BitsFor(ulong count)
    {
        var bits = 0;
        while (1UL << bits < count) bits++;
        return bits;
    }

    private static string Usual(string key) => new AddressPlan().Ranges.First(r => r.Key == key).Range.ToString();
}
