using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Why a node cannot take a Pod, in the scheduler's words. Pure. Source: pkg/scheduler/framework/plugins.</summary>
public static class NodeFilter
{
    /// <summary>Reasons; empty if the node fits. Resources may give several.</summary>
    public static IReadOnlyList<string> Reasons(Pod pod, PodDemand demand, NodeLoad load)
    {
        var node = load.Node!;
        if (pod.Spec.NodeName.Length > 0 && pod.Spec.NodeName != node.Metadata.Name) return ["node(s) didn't match the requested node name"];
        if (node.Spec.Unschedulable && !Tolerates(pod, new Taint { Key = NodeTaints.Unschedulable, Effect = "NoSchedule" }))
            return ["node(s) were unschedulable"];
        foreach (var taint in TaintsOf(node))
        {
            if (taint.Effect is "NoSchedule" or "NoExecute" && !Tolerates(pod, taint))
                return [$"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}"];
        }
        if (!MatchesAffinity(pod, node)) return ["node(s) didn't match Pod's node affinity/selector"];
        if (demand.HostPorts.Count > 0 && !load.HasFree(demand.HostPorts)) return ["node(s) didn't have free ports for the requested pod ports"];
        var reasons = new List<string>();
        if (load.Pods + 1 > load.MaxPods) reasons.Add("Too many pods");
        if (demand.Cpu > 0 && demand.Cpu > load.Cpu - load.CpuTaken) reasons.Add("Insufficient cpu");
        if (demand.Memory > 0 && demand.Memory > load.Memory - load.MemoryTaken) reasons.Add("Insufficient memory");
        foreach (var (resource, amount) in demand.Others)
        {
            if (!load.HasRoom(resource, amount)) reasons.Add($"Insufficient {resource}");
        }
        return reasons;
    }

    /// <summary>Taints that would rather have the Pod elsewhere.</summary>
    public static int Reluctance(Pod pod, Node node) => node.Spec.Taints.Count(taint => taint.Effect == "PreferNoSchedule" && !Tolerates(pod, taint));

    /// <summary>The sum of the weights of preferred node affinities that the node satisfies.</summary>
    public static int Preference(Pod pod, Node node) =>
        pod.Spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution
            .Where(term => Matches(term.Preference, node)).Sum(term => term.Weight) ?? 0;

    /// <summary>Whether no taint of the node keeps the Pod off.</summary>
    internal static bool ToleratesAll(Pod pod, Node node) =>
        TaintsOf(node).All(taint => taint.Effect is not ("NoSchedule" or "NoExecute") || Tolerates(pod, taint));

    private static IEnumerable<Taint> TaintsOf(Node node)
    {
        // A node that is not ready is closed even before the node controller has tainted it.
        var ready = NodeTaints.ReadyStatus(node);
        var key = ready == "Unknown" && node.Status.Conditions.Any(condition => condition.Type == "Ready") ? NodeTaints.Unreachable : NodeTaints.NotReady;
        return ready == "True" || node.Spec.Taints.Any(taint => taint.Key == key)
            ? node.Spec.Taints
            : node.Spec.Taints.Append(new Taint { Key = key, Effect = "NoSchedule" });
    }

    private static bool Tolerates(Pod pod, Taint taint) => pod.Spec.Tolerations.Any(toleration => NodeTaints.Tolerates(toleration, taint));

    /// <summary>Whether the node satisfies nodeSelector and required node affinity.</summary>
    internal static bool MatchesAffinity(Pod pod, Node node)
    {
        foreach (var (key, value) in pod.Spec.NodeSelector)
        {
            if (node.Metadata.Labels.GetValueOrDefault(key) != value) return false;
        }
        return pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || required.NodeSelectorTerms.Any(term => Matches(term, node));
    }

    private static bool Matches(NodeSelectorTerm term, Node node) =>
        term.MatchExpressions.Count + term.MatchFields.Count > 0
        && term.MatchExpressions.All(requirement => Matches(requirement, node.Metadata.Labels.GetValueOrDefault(requirement.Key)))
        && term.MatchFields.All(requirement => requirement.Key == "metadata.name" && Matches(requirement, node.Metadata.Name));

    private static bool Matches(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(value, requirement.Values) > 0,
        "Lt" => Compare(value, requirement.Values) < 0,
        _ => false,
    };

    private static int Compare(string? value, IReadOnlyList<string> bounds) =>
        bounds.Count == 1
        && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(bounds[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound)
            ? number.CompareTo(bound)
            : 0;
}
