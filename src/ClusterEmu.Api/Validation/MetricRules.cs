namespace ClusterEmu.Api;

/// <summary>What an autoscaler measures. Source: validateMetricSpec in pkg/apis/autoscaling/validation.</summary>
internal static class MetricRules
{
    private static readonly string[] Types = ["ContainerResource", "External", "Object", "Pods", "Resource"];

    internal static void Check(List<FieldError> errors, MetricSpec metric, FieldPath path)
    {
        if (metric.Type.Length == 0) errors.Add(FieldErrors.Required(path.Child("type"), "must specify a metric source type"));
        if (!Types.Contains(metric.Type)) errors.Add(FieldErrors.NotSupported(path.Child("type"), metric.Type, Types));

        var present = new List<string>();
        void Source<T>(T? source, string name, Action<List<FieldError>, T, FieldPath> check) where T : class
        {
            if (source is null) return;
            present.Add(name);
            if (present.Count == 1) check(errors, source, path.Child(name)); // What else there is, is one too many.
        }

        Source(metric.Object, "object", Check);
        Source(metric.External, "external", Check);
        Source(metric.Pods, "pods", Check);
        Source(metric.Resource, "resource", (list, source, place) => CheckResource(list, source.Name, source.Target, place));
        Source(metric.ContainerResource, "containerResource", Check);

        var expected = Types.Contains(metric.Type) ? char.ToLowerInvariant(metric.Type[0]) + metric.Type[1..] : null;
        if (expected is not null && !present.Contains(expected))
            errors.Add(FieldErrors.Required(path.Child(expected), "must populate information for the given metric source"));
        if (present.Count == 1) return;
        foreach (var other in present.Where(name => name != expected).Order(StringComparer.Ordinal))
            errors.Add(FieldErrors.Forbidden(path.Child(other), "must populate the given metric source only"));
    }

    private static void Check(List<FieldError> errors, ObjectMetricSource source, FieldPath path)
    {
        AutoscalerValidation.CheckReference(errors, source.DescribedObject, path.Child("describedObject"));
        Check(errors, source.Metric, path.Child("metric"));
        Check(errors, source.Target, path.Child("target"));
        if (source.Target is { Value: null, AverageValue: null })
            errors.Add(FieldErrors.Required(path.Child("target").Child("averageValue"), "must set either a target value or averageValue"));
    }

    private static void Check(List<FieldError> errors, ExternalMetricSource source, FieldPath path)
    {
        Check(errors, source.Metric, path.Child("metric"));
        Check(errors, source.Target, path.Child("target"));
        if (source.Target is { Value: null, AverageValue: null })
            errors.Add(FieldErrors.Required(path.Child("target").Child("averageValue"), "must set either a target value for metric or a per-pod target"));
        if (source.Target is { Value: not null, AverageValue: not null })
            errors.Add(FieldErrors.Forbidden(path.Child("target").Child("value"), "may not set both a target value for metric and a per-pod target"));
    }

    private static void Check(List<FieldError> errors, PodsMetricSource source, FieldPath path)
    {
        Check(errors, source.Metric, path.Child("metric"));
        Check(errors, source.Target, path.Child("target"));
        if (source.Target.AverageValue is not { Sign: > 0 })
            errors.Add(FieldErrors.Required(path.Child("target").Child("averageValue"), "must specify a positive target averageValue"));
    }

    private static void Check(List<FieldError> errors, ContainerResourceMetricSource source, FieldPath path)
    {
        if (source.Container.Length == 0) errors.Add(FieldErrors.Required(path.Child("container"), "must specify a container"));
        CheckResource(errors, source.Name, source.Target, path);
    }

    private static void CheckResource(List<FieldError> errors, string name, MetricTarget target, FieldPath path)
    {
        if (name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name"), "must specify a resource name"));
        Check(errors, target, path.Child("target"));
        if (target is { AverageUtilization: null, AverageValue: null })
            errors.Add(FieldErrors.Required(path.Child("target").Child("averageUtilization"), "must set either a target raw value or a target utilization"));
        if (target is { AverageUtilization: not null, AverageValue: not null })
            errors.Add(FieldErrors.Forbidden(path.Child("target").Child("averageValue"), "may not set both a target raw value and a target utilization"));
    }

    private static void Check(List<FieldError> errors, MetricIdentifier metric, FieldPath path)
    {
        if (metric.Name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name"), "must specify a metric name"));
        else errors.AddInvalid(path.Child("name"), metric.Name, NameRules.PathSegment(metric.Name, prefix: false));
    }

    private static void Check(List<FieldError> errors, MetricTarget target, FieldPath path)
    {
        if (target.Type.Length == 0) errors.Add(FieldErrors.Required(path.Child("type"), "must specify a metric target type"));
        if (target.Type is not ("Utilization" or "Value" or "AverageValue"))
            errors.Add(FieldErrors.Invalid(path.Child("type"), target.Type, "must be either Utilization, Value, or AverageValue"));
        if (target.Value is { Sign: <= 0 } value) errors.Add(FieldErrors.Invalid(path.Child("value"), value, "must be positive"));
        if (target.AverageValue is { Sign: <= 0 } average) errors.Add(FieldErrors.Invalid(path.Child("averageValue"), average, "must be positive"));
        if (target.AverageUtilization is < 1 and var share) errors.Add(FieldErrors.Invalid(path.Child("averageUtilization"), share, "must be greater than 0"));
    }
}
