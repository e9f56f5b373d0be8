using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A HorizontalPodAutoscaler's row: what was measured against what is wanted, of the first two metrics. Source: formatHPAMetrics.</summary>
internal static class AutoscalerColumns
{
    private const int Shown = 2;
    private const string Unknown = "<unknown>";

    public static readonly TableColumns Columns = TableColumns.Of<HorizontalPodAutoscaler>(
        "Name:name Reference Targets MinPods MaxPods Replicas Age",
        (value, now) =>
        [
            value.Metadata.Name,
            $"{value.Spec.ScaleTargetRef.Kind}/{value.Spec.ScaleTargetRef.Name}",
            Targets(value.Spec.Metrics, value.Status.CurrentMetrics),
            value.Spec.MinReplicas is { } least ? $"{least}" : "<unset>",
            value.Spec.MaxReplicas,
            value.Status.CurrentReplicas,
            TableCatalog.Age(value, now),
        ]);

    private static string Targets(IReadOnlyList<MetricSpec> wanted, IReadOnlyList<MetricStatus> found)
    {
        if (wanted.Count == 0) return "<none>";
        var texts = wanted.Select((metric, i) => Target(metric, i < found.Count ? found[i] : null)).ToList();
        var first = string.Join(", ", texts.Take(Shown));
        return texts.Count > Shown ? $"{first} + {texts.Count - Shown} more..." : first;
    }

    private static string Target(MetricSpec wanted, MetricStatus? found) => wanted switch
    {
        { Type: "External", External: { } external } => Single(external.Target, found?.External?.Current),
        { Type: "Pods", Pods: { } pods } => $"{Amount(found?.Pods?.Current.AverageValue)}/{Amount(pods.Target.AverageValue)}",
        { Type: "Object", Object: { } one } => Single(one.Target, found?.Object?.Current),
        { Type: "Resource", Resource: { } resource } => $"{resource.Name}: {Use(resource.Target, found?.Resource?.Current)}",
        { Type: "ContainerResource", ContainerResource: { } container } => $"{container.Name}: {Use(container.Target, found?.ContainerResource?.Current)}",
        _ => "<unknown type>",
    };

    private static string Single(MetricTarget wanted, MetricValueStatus? found) => wanted.AverageValue is { } average
        ? $"{Amount(found?.AverageValue)}/{average} (avg)"
        : $"{Amount(found?.Value)}/{Amount(wanted.Value)}";

    private static string Use(MetricTarget wanted, MetricValueStatus? found) => wanted.AverageValue is { } average
        ? $"{Amount(found?.AverageValue)}/{average}"
        : $"{Percent(found?.AverageUtilization, Unknown)}/{Percent(wanted.AverageUtilization, "<auto>")}";

    private static string Amount(Quantity? amount) => amount?.ToString() ?? Unknown;

    private static string Percent(int? share, string otherwise) => share is { } known ? $"{known}%" : otherwise;
}
