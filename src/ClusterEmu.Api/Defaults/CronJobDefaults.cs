namespace ClusterEmu.Api;

/// <summary>What the API server fills into a CronJob of either version. Source: SetDefaults_CronJob in pkg/apis/batch/v1/defaults.go.</summary>
internal static class CronJobDefaults
{
    internal static CronJobSpec Apply(CronJobSpec spec) => spec with
    {
        ConcurrencyPolicy = spec.ConcurrencyPolicy.Length == 0 ? "Allow" : spec.ConcurrencyPolicy,
        Suspend = spec.Suspend ?? false,
        SuccessfulJobsHistoryLimit = spec.SuccessfulJobsHistoryLimit ?? 3,
        FailedJobsHistoryLimit = spec.FailedJobsHistoryLimit ?? 1,
        JobTemplate = spec.JobTemplate with { Spec = JobDefaults.WithTemplate(spec.JobTemplate.Spec) },
    };
}
