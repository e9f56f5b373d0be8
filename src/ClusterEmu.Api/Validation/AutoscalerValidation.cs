namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a HorizontalPodAutoscaler, in its words. Source: pkg/apis/autoscaling/validation.</summary>
/// <remarks>Those of v1 are checked as what they are stored as, and paths are those of v2.</remarks>
public static class AutoscalerValidation
{
    private const int MaxWindow = 3600;
    private const int MaxPeriod = 1800;

    public static IReadOnlyList<FieldError> Create(HorizontalPodAutoscaler value)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        Check(errors, value.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(HorizontalPodAutoscaler value, HorizontalPodAutoscaler old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        if (ReferenceEquals(value.Spec, old.Spec))
        {
            ObjectMetaValidation.CheckNonNegative(errors, value.Status.CurrentReplicas, FieldPath.Status.Child("currentReplicas"));
            ObjectMetaValidation.CheckNonNegative(errors, value.Status.DesiredReplicas, FieldPath.Status.Child("desiredReplicas"));
        }
        else Check(errors, value.Spec);
        return FieldErrors.Distinct(errors);
    }

    internal static void CheckReference(List<FieldError> errors, CrossVersionObjectReference reference, FieldPath path)
    {
        CheckSegment(errors, reference.Kind, path.Child("kind"));
        CheckSegment(errors, reference.Name, path.Child("name"));
    }

    private static void Check(List<FieldError> errors, HorizontalPodAutoscalerSpec spec)
    {
        var path = FieldPath.Spec;
        if (spec.MinReplicas is < 1 and var least) errors.Add(FieldErrors.Invalid(path.Child("minReplicas"), least, "must be greater than or equal to 1"));
        if (spec.MaxReplicas < 1) errors.Add(FieldErrors.Invalid(path.Child("maxReplicas"), spec.MaxReplicas, "must be greater than 0"));
        if (spec.MinReplicas is { } from && spec.MaxReplicas < from)
            errors.Add(FieldErrors.Invalid(path.Child("maxReplicas"), spec.MaxReplicas, "must be greater than or equal to `minReplicas`"));
        CheckReference(errors, spec.ScaleTargetRef, path.Child("scaleTargetRef"));
        for (var i = 0; i < spec.Metrics.Count; i++) MetricRules.Check(errors, spec.Metrics[i], path.Child("metrics").Index(i));
        if (spec.Behavior is not { } behavior) return;
        CheckRules(errors, behavior.ScaleUp, path.Child("behavior").Child("scaleUp"));
        CheckRules(errors, behavior.ScaleDown, path.Child("behavior").Child("scaleDown"));
    }

    private static void CheckRules(List<FieldError> errors, HPAScalingRules? rules, FieldPath path)
    {
        if (rules is null) return;
        var window = path.Child("stabilizationWindowSeconds");
        if (rules.StabilizationWindowSeconds is < 0 and var negative) errors.Add(FieldErrors.Invalid(window, negative, "must be greater than or equal to zero"));
        if (rules.StabilizationWindowSeconds is > MaxWindow and var much) errors.Add(FieldErrors.Invalid(window, much, $"must be less than or equal to {MaxWindow}"));
        if (rules.SelectPolicy is not (null or "Disabled" or "Max" or "Min"))
            errors.Add(FieldErrors.NotSupported(path.Child("selectPolicy"), rules.SelectPolicy, "Disabled", "Max", "Min"));
        var policies = path.Child("policies");
        if (rules.Policies.Count == 0) errors.Add(FieldErrors.Required(policies, "must specify at least one Policy"));
        for (var i = 0; i < rules.Policies.Count; i++) CheckPolicy(errors, rules.Policies[i], policies.Index(i));
    }

    private static void CheckPolicy(List<FieldError> errors, HPAScalingPolicy policy, FieldPath path)
    {
        if (policy.Type is not ("Percent" or "Pods")) errors.Add(FieldErrors.NotSupported(path.Child("type"), policy.Type, "Percent", "Pods"));
        if (policy.Value <= 0) errors.Add(FieldErrors.Invalid(path.Child("value"), policy.Value, "must be greater than zero"));
        if (policy.PeriodSeconds <= 0) errors.Add(FieldErrors.Invalid(path.Child("periodSeconds"), policy.PeriodSeconds, "must be greater than zero"));
        if (policy.PeriodSeconds > MaxPeriod)
            errors.Add(FieldErrors.Invalid(path.Child("periodSeconds"), policy.PeriodSeconds, $"must be less than or equal to {MaxPeriod}"));
    }

    private static void CheckSegment(List<FieldError> errors, string value, FieldPath path)
    {
        if (value.Length == 0) errors.Add(FieldErrors.Required(path));
        else errors.AddInvalid(path, value, NameRules.PathSegment(value, prefix: false));
    }
}
