using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A Pod's row. Its status is worked out from phase, conditions and containers. Source: printPod.</summary>
internal static class PodColumns
{
    public static readonly TableColumns Columns = TableColumns.Of<Pod>(
        "Name:name Ready Status Restarts Age IP+ Node+ Nominated_Node+ Readiness_Gates+", Row);

    private static TableCell[] Row(Pod pod, DateTimeOffset now)
    {
        var summary = PodSummary.Of(pod);
        var restarts = summary.LastRestart is { } last && summary.Restarts != 0
            ? $"{summary.Restarts} ({HumanDuration.Since(last, now)} ago)"
            : $"{summary.Restarts}";
        return
        [
            pod.Metadata.Name,
            $"{summary.Ready}/{summary.Total}",
            summary.Status,
            restarts,
            TableCatalog.Age(pod, now),
            OrNone(pod.Status.PodIPs.Count > 0 ? pod.Status.PodIPs[0].IP : pod.Status.PodIP),
            OrNone(pod.Spec.NodeName),
            OrNone(pod.Status.NominatedNodeName),
            Gates(pod),
        ];
    }

    private static string Gates(Pod pod)
    {
        if (pod.Spec.ReadinessGates.Count == 0) return "<none>";
        var open = pod.Spec.ReadinessGates.Count(gate => pod.Status.Conditions.Any(condition => condition.Type == gate.ConditionType && condition.Status == "True"));
        return $"{open}/{pod.Spec.ReadinessGates.Count}";
    }

    private static string OrNone(string text) => text.Length == 0 ? "<none>" : text;
}
