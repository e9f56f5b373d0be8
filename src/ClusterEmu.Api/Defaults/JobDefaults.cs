namespace ClusterEmu.Api;

/// <summary>What the API server fills into a Job. Source: SetDefaults_Job in pkg/apis/batch/v1/defaults.go.</summary>
public static class JobDefaults
{
    private const int DefaultBackoffLimit = 6;

    public static Job Apply(Job job)
    {
        var spec = WithTemplate(job.Spec);
        var labels = spec.Template.Metadata.Labels;
        return job with
        {
            Metadata = job.Metadata.Labels.Count == 0 ? job.Metadata with { Labels = labels } : job.Metadata,
            Spec = spec with
            {
                Completions = spec.Parallelism is null ? spec.Completions ?? 1 : spec.Completions,
                Parallelism = spec.Parallelism ?? 1,
                BackoffLimit = spec.BackoffLimit ?? (spec.BackoffLimitPerIndex is null ? DefaultBackoffLimit : int.MaxValue),
                CompletionMode = spec.CompletionMode ?? "NonIndexed",
                Suspend = spec.Suspend ?? false,
                PodReplacementPolicy = spec.PodReplacementPolicy ?? (spec.PodFailurePolicy is null ? "TerminatingOrFailed" : "Failed"),
            },
        };
    }

    /// <summary>What a CronJob's template gets, too: the Pods' defaults, and the status that a condition is looked for with.</summary>
    internal static JobSpec WithTemplate(JobSpec spec) => spec with
    {
        Template = PodSpecDefaults.Apply(spec.Template),
        PodFailurePolicy = spec.PodFailurePolicy is { } policy ? policy with { Rules = policy.Rules.SelectChanged(Rule) } : null,
    };

    private static PodFailurePolicyRule Rule(PodFailurePolicyRule rule) => rule.OnPodConditions.All(pattern => pattern.Status.Length > 0)
        ? rule
        : rule with { OnPodConditions = rule.OnPodConditions.SelectChanged(pattern => pattern.Status.Length > 0 ? pattern : pattern with { Status = "True" }) };
}
