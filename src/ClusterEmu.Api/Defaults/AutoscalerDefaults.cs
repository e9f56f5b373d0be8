namespace ClusterEmu.Api;

/// <summary>What the API server fills into a HorizontalPodAutoscaler. Source: pkg/apis/autoscaling/{v1,v2}/defaults.go.</summary>
public static class AutoscalerDefaults
{
    internal const int CpuPercent = 80;

    public static HorizontalPodAutoscaler Apply(HorizontalPodAutoscaler value) => value with
    {
        Spec = value.Spec with
        {
            MinReplicas = value.Spec.MinReplicas ?? 1,
            Metrics = value.Spec.Metrics.Count > 0 ? value.Spec.Metrics : [MetricSpec.OfCpu(CpuPercent)],
            Behavior = value.Spec.Behavior is null ? null : new HorizontalPodAutoscalerBehavior
            {
                ScaleUp = Filled(
                    value.Spec.Behavior.ScaleUp, 0,
                    new HPAScalingPolicy { Type = "Pods", Value = 4, PeriodSeconds = 15 }, new HPAScalingPolicy { Type = "Percent", Value = 100, PeriodSeconds = 15 }),
                ScaleDown = Filled(value.Spec.Behavior.ScaleDown, null, new HPAScalingPolicy { Type = "Percent", Value = 100, PeriodSeconds = 15 }),
            },
        },
    };

    /// <summary>The default of the CPU's target is filled in by <see cref="AutoscalerConversion"/>, which sees all metrics.</summary>
    public static HorizontalPodAutoscalerV1 Apply(HorizontalPodAutoscalerV1 value) =>
        value.Spec.MinReplicas is null ? value with { Spec = value.Spec with { MinReplicas = 1 } } : value;

    private static HPAScalingRules Filled(HPAScalingRules? rules, int? window, params HPAScalingPolicy[] policies)
    {
        rules ??= new HPAScalingRules();
        return rules with
        {
            StabilizationWindowSeconds = rules.StabilizationWindowSeconds ?? window,
            SelectPolicy = rules.SelectPolicy ?? "Max",
            Policies = rules.Policies.Count > 0 ? rules.Policies : policies,
        };
    }
}
