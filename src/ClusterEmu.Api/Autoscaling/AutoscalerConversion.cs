using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Autoscalers of v1 and those of v2, as which they are stored. What v1 cannot say is kept in annotations.</summary>
/// <remarks>Source: pkg/apis/autoscaling/v1/conversion.go and pkg/apis/autoscaling/annotations.go.</remarks>
public static class AutoscalerConversion
{
    private const string Metrics = "autoscaling.alpha.kubernetes.io/metrics";
    private const string CurrentMetrics = "autoscaling.alpha.kubernetes.io/current-metrics";
    private const string Conditions = "autoscaling.alpha.kubernetes.io/conditions";
    private const string Behavior = "autoscaling.alpha.kubernetes.io/behavior";

    private static readonly string[] All = [Metrics, CurrentMetrics, Conditions, Behavior];

    /// <exception cref="ObjectDecodingException">One of the annotations cannot be read.</exception>
    public static HorizontalPodAutoscaler ToStorage(HorizontalPodAutoscalerV1 value)
    {
        var (annotations, spec, status) = (value.Metadata.Annotations, value.Spec, value.Status);
        List<MetricSpec> metrics = spec.TargetCPUUtilizationPercentage is { } wanted ? [MetricSpec.OfCpu(wanted)] : [];
        metrics.AddRange(Read(annotations, Metrics, AutoscalerMetricsV1.ReadSpec) ?? []);
        if (metrics.Count == 0) metrics.Add(MetricSpec.OfCpu(AutoscalerDefaults.CpuPercent)); // Here, because only here all of them are known.
        IReadOnlyList<MetricStatus> current = status.CurrentCPUUtilizationPercentage is { } found ? [MetricStatus.OfCpu(found)] : [];
        return new HorizontalPodAutoscaler
        {
            Metadata = value.Metadata with { Annotations = Without(annotations) },
            Spec = new HorizontalPodAutoscalerSpec
            {
                ScaleTargetRef = spec.ScaleTargetRef,
                MinReplicas = spec.MinReplicas,
                MaxReplicas = spec.MaxReplicas,
                Metrics = metrics,
                Behavior = annotations.TryGetValue(Behavior, out var behavior) ? AutoscalerBehaviorText.Read(Parse(behavior, Behavior)) : null,
            },
            Status = new HorizontalPodAutoscalerStatus
            {
                ObservedGeneration = status.ObservedGeneration,
                LastScaleTime = status.LastScaleTime,
                CurrentReplicas = status.CurrentReplicas,
                DesiredReplicas = status.DesiredReplicas,
                CurrentMetrics = Read(annotations, CurrentMetrics, AutoscalerMetricsV1.ReadStatus) ?? current,
                Conditions = Read(annotations, Conditions, node => ApiJson.Decode<HorizontalPodAutoscalerCondition>(Encoding.UTF8.GetBytes(node.ToJsonString()))) ?? [],
            },
        };
    }

    public static HorizontalPodAutoscalerV1 FromStorage(HorizontalPodAutoscaler value)
    {
        var (spec, status) = (value.Spec, value.Status);
        return new HorizontalPodAutoscalerV1
        {
            Metadata = value.Metadata with { Annotations = With(value) },
            Spec = new HorizontalPodAutoscalerV1Spec
            {
                ScaleTargetRef = spec.ScaleTargetRef,
                MinReplicas = spec.MinReplicas,
                MaxReplicas = spec.MaxReplicas,
                TargetCPUUtilizationPercentage = spec.Metrics.FirstOrDefault(metric => metric.Resource?.Name == "cpu" && metric.Type == "Resource")?.Resource!.Target.AverageUtilization,
            },
            Status = new HorizontalPodAutoscalerV1Status
            {
                ObservedGeneration = status.ObservedGeneration,
                LastScaleTime = status.LastScaleTime,
                CurrentReplicas = status.CurrentReplicas,
                DesiredReplicas = status.DesiredReplicas,
                CurrentCPUUtilizationPercentage = status.CurrentMetrics
                    .LastOrDefault(metric => metric is { Type: "Resource", Resource: { Name: "cpu", Current.AverageUtilization: not null } })?.Resource!.Current.AverageUtilization,
            },
        };
    }

    private static IReadOnlyDictionary<string, string> With(HorizontalPodAutoscaler value)
    {
        var (spec, status) = (value.Spec, value.Status);
        var others = spec.Metrics.Where(metric => metric is not { Type: "Resource", Resource: { Name: "cpu", Target.AverageUtilization: not null } }).ToList();
        if (others.Count + status.CurrentMetrics.Count + status.Conditions.Count == 0 && spec.Behavior is null) return value.Metadata.Annotations;
        var annotations = new Dictionary<string, string>(value.Metadata.Annotations, StringComparer.Ordinal);
        if (others.Count > 0) annotations[Metrics] = Text(others.Select(AutoscalerMetricsV1.Write));
        // The CPU's status too: v1 has no place for the value, only for the percentage.
        if (status.CurrentMetrics.Count > 0) annotations[CurrentMetrics] = Text(status.CurrentMetrics.Select(AutoscalerMetricsV1.Write));
        if (status.Conditions.Count > 0) annotations[Conditions] = Text(status.Conditions.Select(condition => JsonNode.Parse(ApiJson.Encode(condition))));
        if (spec.Behavior is { } behavior) annotations[Behavior] = AutoscalerBehaviorText.Write(behavior);
        return annotations;
    }

    private static IReadOnlyDictionary<string, string> Without(IReadOnlyDictionary<string, string> annotations)
    {
        if (!annotations.Keys.Any(All.Contains)) return annotations;
        var rest = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in annotations)
            if (!All.Contains(key, StringComparer.Ordinal)) rest[key] = value;
        return rest;
    }

    private static string Text(IEnumerable<JsonNode?> items) => Encoding.UTF8.GetString(PatchText.Write(new JsonArray([.. items])));

    private static List<T>? Read<T>(IReadOnlyDictionary<string, string> annotations, string key, Func<JsonObject, T> read)
    {
        if (!annotations.TryGetValue(key, out var text)) return null;
        if (Parse(text, key) is not JsonArray items || items.Any(item => item is not JsonObject)) throw Malformed(key, text);
        try
        {
            return [.. items.Select(item => read((JsonObject)item!))];
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or ArgumentException)
        {
            throw Malformed(key, text);
        }
    }

    private static JsonNode? Parse(string text, string key)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            throw Malformed(key, text);
        }
    }

    private static ObjectDecodingException Malformed(string key, string text) =>
        new($"the annotation {key} of a HorizontalPodAutoscaler of autoscaling/v1 is no JSON that this server writes there: {text}. Delete it, or use autoscaling/v2.");
}
