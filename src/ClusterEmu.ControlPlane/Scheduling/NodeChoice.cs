using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Where a Pod goes. Pure. Source: pkg/scheduler/schedule_one.go and framework/types.go (FitError).</summary>
/// <param name="Node">The node; null if none fits.</param>
/// <param name="Problem">Why none fits, in the scheduler's words.</param>
public sealed record NodeChoice(string? Node, string Problem)
{
    /// <summary>Chooses among nodes.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="demand">What it takes.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="spreads">How the Pod's topologySpreadConstraints stand; null: it has none.</param>
    /// <param name="proximity">What it and other Pods say of each other; null: nothing.</param>
    /// <param name="start">Where to begin looking: with many nodes not all are looked at.</param>
    public static NodeChoice For(
        Pod pod, PodDemand demand, IReadOnlyList<NodeLoad> nodes, IReadOnlyList<PodSpread>? spreads = null, PodProximity? proximity = null, int start = 0)
    {
        if (nodes.Count == 0) return new(null, "no nodes available to schedule pods");
        var enough = EnoughOf(nodes.Count);
        var fitting = new List<NodeLoad>();
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var resolvable = 0;
        spreads ??= [];
        for (var i = 0; i < nodes.Count && fitting.Count < enough; i++)
        {
            var load = nodes[(start + i) % nodes.Count];
            var found = NodeFilter.Reasons(pod, demand, load);
            if (found.Count == 0 && (SpreadProblem(spreads, load) ?? proximity?.Problem(load.Node!)) is { } unfit) found = [unfit];
            if (found.Count == 0) fitting.Add(load);
            foreach (var reason in found) reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            if (found.Count > 0 && IsResolvable(found[0])) resolvable++;
        }
        return fitting.Count == 0 ? new(null, Explain(nodes.Count, reasons, resolvable)) : new(Best(pod, demand, spreads, proximity, fitting).Node!.Metadata.Name, "");
    }

    /// <summary>As kube-scheduler: all of up to 100 nodes, else a share that falls to 5%.</summary>
    private static int EnoughOf(int nodes) => nodes <= 100 ? nodes : Math.Max(100, nodes * Math.Max(5, 50 - (nodes / 125)) / 100);

    private static string? SpreadProblem(IReadOnlyList<PodSpread> spreads, NodeLoad load)
    {
        foreach (var spread in spreads)
            if (spread.Problem(load.Node!) is { } problem) return problem;
        return null;
    }

    /// <remarks>
    /// Without constraints of its own, a Pod of a controller goes where the fewest of its kind are, by node, then by zone:
    /// what PodTopologySpread's default constraints (hostname, maxSkew 3; zone, maxSkew 5; ScheduleAnyway) ask for.
    /// </remarks>
    private static NodeLoad Best(Pod pod, PodDemand demand, IReadOnlyList<PodSpread> spreads, PodProximity? proximity, List<NodeLoad> fitting)
    {
        var zones = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var load in fitting) zones[load.Zone] = zones.GetValueOrDefault(load.Zone) + load.OfOwner(demand.Owner);
        (int, int, long, int, int, int) Rank(NodeLoad load) => (
            NodeFilter.Reluctance(pod, load.Node!),
            -NodeFilter.Preference(pod, load.Node!) - (proximity?.Attraction(load.Node!) ?? 0),
            spreads.Sum(spread => spread.Reluctance(load.Node!)),
            load.OfOwner(demand.Owner),
            zones[load.Zone],
            load.Pods);

        var best = fitting[0];
        var rank = Rank(best);
        foreach (var load in fitting.Skip(1))
        {
            var other = Rank(load);
            if (other.CompareTo(rank) < 0) (best, rank) = (load, other);
        }
        return best;
    }

    private static bool IsResolvable(string reason) => reason.StartsWith("Insufficient", StringComparison.Ordinal)
        || reason.StartsWith("Too many", StringComparison.Ordinal) || reason.Contains("free ports", StringComparison.Ordinal)
        || reason is PodSpread.Skewed or PodProximity.TooNear or PodProximity.Unwelcome;

    private static string Explain(int nodes, SortedDictionary<string, int> reasons, int resolvable)
    {
        var none = string.Create(CultureInfo.InvariantCulture, $"0/{nodes} nodes are available");
        var why = reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Value} {reason.Key}")).Order(StringComparer.Ordinal);
        var preemption = new List<string>();
        if (resolvable > 0) preemption.Add(string.Create(CultureInfo.InvariantCulture, $"{resolvable} No preemption victims found for incoming pod"));
        if (nodes > resolvable) preemption.Add(string.Create(CultureInfo.InvariantCulture, $"{nodes - resolvable} Preemption is not helpful for scheduling"));
        preemption.Sort(StringComparer.Ordinal);
        return $"{none}: {string.Join(", ", why)}. preemption: {none}: {string.Join(", ", preemption)}.";
    }
}
