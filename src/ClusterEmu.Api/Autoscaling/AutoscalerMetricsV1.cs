using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>Metrics as autoscaling/v1 writes them into annotations: each source with its target beside the metric's name.</summary>
/// <remarks>Source: the metric types of k8s.io/api/autoscaling/v1, and pkg/apis/autoscaling/v1/conversion.go.</remarks>
internal static class AutoscalerMetricsV1
{
    public static JsonObject Write(MetricSpec metric) => Written(metric.Type, metric switch
    {
        { Object: { } source } => ("object", Map(
            ("target", Reference(source.DescribedObject)), ("metricName", source.Metric.Name), ("targetValue", Amount(source.Target.Value ?? default)),
            ("selector", Selector(source.Metric.Selector)), ("averageValue", Amount(source.Target.AverageValue)))),
        { Pods: { } source } => ("pods", Map(
            ("metricName", source.Metric.Name), ("targetAverageValue", Amount(source.Target.AverageValue ?? default)), ("selector", Selector(source.Metric.Selector)))),
        { Resource: { } source } => ("resource", Map(
            ("name", source.Name), ("targetAverageUtilization", source.Target.AverageUtilization), ("targetAverageValue", Amount(source.Target.AverageValue)))),
        { ContainerResource: { } source } => ("containerResource", Map(
            ("name", source.Name), ("targetAverageUtilization", source.Target.AverageUtilization), ("targetAverageValue", Amount(source.Target.AverageValue)),
            ("container", source.Container))),
        { External: { } source } => ("external", Map(
            ("metricName", source.Metric.Name), ("metricSelector", Selector(source.Metric.Selector)), ("targetValue", Amount(source.Target.Value)),
            ("targetAverageValue", Amount(source.Target.AverageValue)))),
        _ => null,
    });

    public static JsonObject Write(MetricStatus metric) => Written(metric.Type, metric switch
    {
        { Object: { } source } => ("object", Map(
            ("target", Reference(source.DescribedObject)), ("metricName", source.Metric.Name), ("currentValue", Amount(source.Current.Value ?? default)),
            ("selector", Selector(source.Metric.Selector)), ("averageValue", Amount(source.Current.AverageValue)))),
        { Pods: { } source } => ("pods", Map(
            ("metricName", source.Metric.Name), ("currentAverageValue", Amount(source.Current.AverageValue ?? default)), ("selector", Selector(source.Metric.Selector)))),
        { Resource: { } source } => ("resource", Map(
            ("name", source.Name), ("currentAverageUtilization", source.Current.AverageUtilization), ("currentAverageValue", Amount(source.Current.AverageValue ?? default)))),
        { ContainerResource: { } source } => ("containerResource", Map(
            ("name", source.Name), ("currentAverageUtilization", source.Current.AverageUtilization), ("currentAverageValue", Amount(source.Current.AverageValue ?? default)),
            ("container", source.Container))),
        { External: { } source } => ("external", Map(
            ("metricName", source.Metric.Name), ("metricSelector", Selector(source.Metric.Selector)), ("currentValue", Amount(source.Current.Value ?? default)),
            ("currentAverageValue", Amount(source.Current.AverageValue)))),
        _ => null,
    });

    public static MetricSpec ReadSpec(JsonObject json)
    {
        JsonObject? Part(string name) => json[name] as JsonObject;
        return new MetricSpec
        {
            Type = Text(json, "type"),
            Object = Part("object") is { } one ? new ObjectMetricSource
            {
                DescribedObject = Reference(one),
                Metric = Metric(one, "selector"),
                Target = Target(Amount(one, "averageValue") is null ? "Value" : "AverageValue", Amount(one, "targetValue"), Amount(one, "averageValue"), null),
            } : null,
            Pods = Part("pods") is { } pods ? new PodsMetricSource { Metric = Metric(pods, "selector"), Target = Target("AverageValue", null, Amount(pods, "targetAverageValue"), null) } : null,
            Resource = Part("resource") is { } resource ? new ResourceMetricSource { Name = Text(resource, "name"), Target = ResourceTarget(resource) } : null,
            ContainerResource = Part("containerResource") is { } container
                ? new ContainerResourceMetricSource { Name = Text(container, "name"), Container = Text(container, "container"), Target = ResourceTarget(container) }
                : null,
            External = Part("external") is { } external ? new ExternalMetricSource
            {
                Metric = Metric(external, "metricSelector"),
                Target = Target(
                    Amount(external, "targetAverageValue") is null ? "Value" : "AverageValue", Amount(external, "targetValue"), Amount(external, "targetAverageValue"), null),
            } : null,
        };
    }

    public static MetricStatus ReadStatus(JsonObject json)
    {
        JsonObject? Part(string name) => json[name] as JsonObject;
        static MetricValueStatus Used(JsonObject part) => new() { AverageUtilization = (int?)part["currentAverageUtilization"], AverageValue = Amount(part, "currentAverageValue") };
        return new MetricStatus
        {
            Type = Text(json, "type"),
            Object = Part("object") is { } one ? new ObjectMetricStatus
            {
                DescribedObject = Reference(one),
                Metric = Metric(one, "selector"),
                Current = new MetricValueStatus { Value = Amount(one, "currentValue"), AverageValue = Amount(one, "averageValue") },
            } : null,
            Pods = Part("pods") is { } pods
                ? new PodsMetricStatus { Metric = Metric(pods, "selector"), Current = new MetricValueStatus { AverageValue = Amount(pods, "currentAverageValue") } }
                : null,
            Resource = Part("resource") is { } resource ? new ResourceMetricStatus { Name = Text(resource, "name"), Current = Used(resource) } : null,
            ContainerResource = Part("containerResource") is { } container
                ? new ContainerResourceMetricStatus { Name = Text(container, "name"), Container = Text(container, "container"), Current = Used(container) }
                : null,
            External = Part("external") is { } external ? new ExternalMetricStatus
            {
                Metric = Metric(external, "metricSelector"),
                Current = new MetricValueStatus { Value = Amount(external, "currentValue"), AverageValue = Amount(external, "currentAverageValue") },
            } : null,
        };
    }

    private static JsonObject Written(string type, (string Name, JsonObject Source)? source)
    {
        var json = new JsonObject { ["type"] = type };
        if (source is { } known) json[known.Name] = known.Source;
        return json;
    }

    private static JsonObject Map(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null) json[name] = value;
        return json;
    }

    private static JsonNode? Reference(CrossVersionObjectReference reference) => JsonNode.Parse(ApiJson.Encode(reference));

    private static CrossVersionObjectReference Reference(JsonObject part) =>
        part["target"] is { } target ? ApiJson.Decode<CrossVersionObjectReference>(Encoding.UTF8.GetBytes(target.ToJsonString())) : CrossVersionObjectReference.Empty;

    private static JsonNode? Selector(LabelSelector? selector) => selector is null ? null : JsonNode.Parse(ApiJson.Encode(selector));

    private static JsonNode? Amount(Quantity? amount) => amount is { } known ? JsonValue.Create(known.ToString()) : null;

    private static Quantity? Amount(JsonObject part, string name) => part[name] is { } text ? Quantity.Parse(text.ToString()) : null;

    private static string Text(JsonObject part, string name) => (string?)part[name] ?? "";

    private static MetricIdentifier Metric(JsonObject part, string selector) => new()
    {
        Name = Text(part, "metricName"),
        Selector = part[selector] is { } json ? ApiJson.Decode<LabelSelector>(Encoding.UTF8.GetBytes(json.ToJsonString())) : null,
    };

    private static MetricTarget Target(string type, Quantity? value, Quantity? average, int? utilization) =>
        new() { Type = type, Value = value, AverageValue = average, AverageUtilization = utilization };

    private static MetricTarget ResourceTarget(JsonObject part)
    {
        var utilization = (int?)part["targetAverageUtilization"];
        return Target(utilization is null ? "AverageValue" : "Utilization", null, Amount(part, "targetAverageValue"), utilization);
    }
}
