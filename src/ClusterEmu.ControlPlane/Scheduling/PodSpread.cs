using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>How the Pods that one of a Pod's topologySpreadConstraints counts lie now. Pure.</summary>
/// <remarks>Source: pkg/scheduler/framework/plugins/podtopologyspread, filtering.go (DoNotSchedule) and scoring.go (ScheduleAnyway).</remarks>
public sealed class PodSpread
{
    /// <summary>The reason of a node that would have too many.</summary>
    public const string Skewed = "node(s) didn't match pod topology spread constraints";

    /// <summary>The reason of a node that is in no domain.</summary>
    public const string NoLabel = Skewed + " (missing required label)";

    /// <summary>Worse than any node in a domain; the sum over all constraints of a Pod stays in range.</summary>
    private const long InNoDomain = 1L << 50;

    private readonly Dictionary<string, int> _domains;
    private readonly int _least;
    private readonly int _self;

    private PodSpread(TopologySpreadConstraint constraint, Dictionary<string, int> domains, bool countsItself)
    {
        Constraint = constraint;
        _domains = domains;
        _self = countsItself ? 1 : 0;
        _least = domains.Count == 0 || domains.Count < (constraint.MinDomains ?? 1) ? 0 : domains.Values.Min();
    }

    public TopologySpreadConstraint Constraint { get; }
    private bool IsHard => Constraint.WhenUnsatisfiable == "DoNotSchedule";

    /// <param name="pod">The Pod to be placed.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="placed">All Pods that have a node, and its name. Not asked for without constraints.</param>
    public static IReadOnlyList<PodSpread> Of(Pod pod, IReadOnlyList<NodeLoad> nodes, Func<IEnumerable<(Pod Pod, string Node)>> placed)
    {
        var constraints = pod.Spec.TopologySpreadConstraints;
        if (constraints.Count == 0) return [];
        var rivals = placed()
            .Where(other => other.Pod.Metadata.Namespace == pod.Metadata.Namespace && PodFacts.IsActive(other.Pod))
            .ToLookup(other => other.Node, other => other.Pod.Metadata.Labels, StringComparer.Ordinal);
        var spreads = new List<PodSpread>();
        foreach (var constraint in constraints)
        {
            // A node counts only if it has the labels of all constraints of the same kind.
            var keys = constraints.Where(other => other.WhenUnsatisfiable == constraint.WhenUnsatisfiable).Select(other => other.TopologyKey).ToList();
            var counted = QueryOf(constraint, pod);
            var domains = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var load in nodes)
            {
                var node = load.Node!;
                if (!keys.All(node.Metadata.Labels.ContainsKey) || !Includes(constraint, pod, node)) continue;
                var domain = node.Metadata.Labels[constraint.TopologyKey];
                domains[domain] = domains.GetValueOrDefault(domain) + rivals[node.Metadata.Name].Count(counted);
            }
            spreads.Add(new PodSpread(constraint, domains, counted(pod.Metadata.Labels)));
        }
        return spreads;
    }

    /// <summary>Why the node must not take the Pod; null if it may.</summary>
    public string? Problem(Node node)
    {
        if (!IsHard) return null;
        if (!node.Metadata.Labels.TryGetValue(Constraint.TopologyKey, out var domain)) return NoLabel;
        return _domains.GetValueOrDefault(domain) + _self - _least > Constraint.MaxSkew ? Skewed : null;
    }

    /// <summary>How much rather the Pod would be elsewhere, in units of 1/65536 Pods; 0 is best.</summary>
    public long Reluctance(Node node)
    {
        if (IsHard) return 0;
        if (!node.Metadata.Labels.TryGetValue(Constraint.TopologyKey, out var domain)) return InNoDomain;
        return (_domains.GetValueOrDefault(domain) * DomainWeight.Of(_domains.Count)) + ((Constraint.MaxSkew - 1L) * DomainWeight.One);
    }

    private static bool Includes(TopologySpreadConstraint constraint, Pod pod, Node node) =>
        (constraint.NodeAffinityPolicy == "Ignore" || NodeFilter.MatchesAffinity(pod, node))
        && (constraint.NodeTaintsPolicy != "Honor" || NodeFilter.ToleratesAll(pod, node));

    private static Func<IReadOnlyDictionary<string, string>, bool> QueryOf(TopologySpreadConstraint constraint, Pod pod)
    {
        var query = constraint.LabelSelector is { } selector ? LabelQuery.OfSelector(selector) : LabelQuery.Nothing;
        var same = constraint.MatchLabelKeys.Where(pod.Metadata.Labels.ContainsKey).ToList();
        return labels => query.Matches(labels) && same.All(key => labels.GetValueOrDefault(key) == pod.Metadata.Labels[key]);
    }
}
