using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>How a Pod's podAffinity and podAntiAffinity, and those of Pods that have a node already, stand now. Pure.</summary>
/// <remarks>Source: pkg/scheduler/framework/plugins/interpodaffinity (filtering.go, scoring.go).</remarks>
public sealed class PodProximity
{
    /// <summary>The reason of a node without the Pods that the Pod wants near.</summary>
    public const string NotNear = "node(s) didn't match pod affinity rules";

    /// <summary>The reason of a node with Pods that the Pod wants far.</summary>
    public const string TooNear = "node(s) didn't match pod anti-affinity rules";

    /// <summary>The reason of a node with Pods that want the Pod far.</summary>
    public const string Unwelcome = "node(s) didn't satisfy existing pods anti-affinity rules";

    private readonly IReadOnlyList<PodAffinityTerm> _near;
    private readonly IReadOnlyList<PodAffinityTerm> _far;
    private readonly HashSet<(string Key, string Value)> _company = [];
    private readonly HashSet<(string Key, string Value)> _shunned = [];
    private readonly HashSet<(string Key, string Value)> _closed = [];
    private readonly Dictionary<(string Key, string Value), int> _weights = [];
    private readonly bool _first;

    private PodProximity(Pod pod, IEnumerable<(Pod Pod, Node Node)> placed, PodAffinityMatch match)
    {
        var (affinity, anti) = (pod.Spec.Affinity?.PodAffinity, pod.Spec.Affinity?.PodAntiAffinity);
        _near = affinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [];
        _far = anti?.RequiredDuringSchedulingIgnoredDuringExecution ?? [];
        foreach (var (other, node) in placed)
        {
            var labels = node.Metadata.Labels;
            // Near is who satisfies all terms; far must be who satisfies any.
            if (_near.Count > 0 && _near.All(term => match.Satisfies(other, term, pod))) foreach (var term in _near) Note(_company, labels, term);
            foreach (var term in _far.Where(term => match.Satisfies(other, term, pod))) Note(_shunned, labels, term);
            var (theirs, theirAnti) = (other.Spec.Affinity?.PodAffinity, other.Spec.Affinity?.PodAntiAffinity);
            foreach (var term in theirAnti?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
                if (match.Satisfies(pod, term, other)) Note(_closed, labels, term);
            Weigh(affinity?.PreferredDuringSchedulingIgnoredDuringExecution, 1, labels, term => match.Satisfies(other, term, pod));
            Weigh(anti?.PreferredDuringSchedulingIgnoredDuringExecution, -1, labels, term => match.Satisfies(other, term, pod));
            Weigh(theirs?.PreferredDuringSchedulingIgnoredDuringExecution, 1, labels, term => match.Satisfies(pod, term, other));
            Weigh(theirAnti?.PreferredDuringSchedulingIgnoredDuringExecution, -1, labels, term => match.Satisfies(pod, term, other));
            // Who needs company is met half-way: hardPodAffinityWeight, 1 by default.
            foreach (var term in theirs?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
                if (match.Satisfies(pod, term, other)) Weigh(labels, term, 1);
        }
        // The first of Pods that want each other near may begin anywhere.
        _first = _company.Count == 0 && _near.All(term => match.Satisfies(pod, term, pod));
    }

    /// <summary>Whether the Pod says anything of other Pods.</summary>
    public static bool IsChoosy(Pod pod) => pod.Spec.Affinity is { PodAffinity: not null } or { PodAntiAffinity: not null };

    /// <param name="pod">The Pod to be placed.</param>
    /// <param name="all">All Pods that have a node, and the node. Asked for only if the Pod <see cref="IsChoosy"/>.</param>
    /// <param name="choosy">Those among them who are.</param>
    /// <param name="namespaceLabels">The labels of a namespace; null if it is not known.</param>
    /// <returns>Null if nobody says anything.</returns>
    public static PodProximity? Of(
        Pod pod,
        Func<IEnumerable<(Pod Pod, Node Node)>> all,
        IReadOnlyCollection<(Pod Pod, Node Node)> choosy,
        Func<string, IReadOnlyDictionary<string, string>?> namespaceLabels)
    {
        var asks = IsChoosy(pod);
        return asks || choosy.Count > 0 ? new PodProximity(pod, asks ? all() : choosy, new PodAffinityMatch(namespaceLabels)) : null;
    }

    /// <summary>Why the node must not take the Pod; null if it may.</summary>
    public string? Problem(Node node)
    {
        var labels = node.Metadata.Labels;
        foreach (var term in _near)
        {
            if (!labels.TryGetValue(term.TopologyKey, out var place)) return NotNear;
            if (!_first && !_company.Contains((term.TopologyKey, place))) return NotNear;
        }
        foreach (var term in _far)
            if (labels.TryGetValue(term.TopologyKey, out var place) && _shunned.Contains((term.TopologyKey, place))) return TooNear;
        return _closed.Any(pair => labels.GetValueOrDefault(pair.Key) == pair.Value) ? Unwelcome : null;
    }

    /// <summary>How much the Pod would rather be here than elsewhere: the sum of the weights of wishes granted, less those of wishes denied.</summary>
    public int Attraction(Node node)
    {
        var sum = 0;
        foreach (var ((key, value), weight) in _weights)
            if (node.Metadata.Labels.GetValueOrDefault(key) == value) sum += weight;
        return sum;
    }

    private static void Note(HashSet<(string, string)> places, IReadOnlyDictionary<string, string> labels, PodAffinityTerm term)
    {
        if (labels.TryGetValue(term.TopologyKey, out var place)) places.Add((term.TopologyKey, place));
    }

    private void Weigh(IReadOnlyList<WeightedPodAffinityTerm>? wishes, int sign, IReadOnlyDictionary<string, string> labels, Func<PodAffinityTerm, bool> satisfied)
    {
        foreach (var wish in wishes ?? [])
            if (satisfied(wish.PodAffinityTerm)) Weigh(labels, wish.PodAffinityTerm, sign * wish.Weight);
    }

    private void Weigh(IReadOnlyDictionary<string, string> labels, PodAffinityTerm term, int weight)
    {
        if (!labels.TryGetValue(term.TopologyKey, out var place)) return;
        _weights[(term.TopologyKey, place)] = _weights.GetValueOrDefault((term.TopologyKey, place)) + weight;
    }
}

/// <summary>Whether a Pod is one of those that a term of another Pod's affinity means. Pure.</summary>
/// <param name="namespaceLabels">The labels of a namespace; null if it is not known.</param>
internal sealed class PodAffinityMatch(Func<string, IReadOnlyDictionary<string, string>?> namespaceLabels)
{
    /// <param name="candidate">The Pod in question.</param>
    /// <param name="term">The term.</param>
    /// <param name="owner">Whose term it is: its namespace and labels complete it.</param>
    public bool Satisfies(Pod candidate, PodAffinityTerm term, Pod owner) =>
        IsInScope(candidate.Metadata.Namespace, term, owner)
        && LabelQuery.OfSelector(term.LabelSelector).Matches(candidate.Metadata.Labels)
        && term.MatchLabelKeys.All(key => !owner.Metadata.Labels.TryGetValue(key, out var own) || candidate.Metadata.Labels.GetValueOrDefault(key) == own)
        && term.MismatchLabelKeys.All(key => !owner.Metadata.Labels.TryGetValue(key, out var own) || candidate.Metadata.Labels.GetValueOrDefault(key) != own);

    private bool IsInScope(string ns, PodAffinityTerm term, Pod owner)
    {
        if (term.Namespaces.Count == 0 && term.NamespaceSelector is null) return ns == owner.Metadata.Namespace;
        return term.Namespaces.Contains(ns)
            || (term.NamespaceSelector is { } selector && LabelQuery.OfSelector(selector).Matches(namespaceLabels(ns) ?? EmptyMap.Strings));
    }
}
