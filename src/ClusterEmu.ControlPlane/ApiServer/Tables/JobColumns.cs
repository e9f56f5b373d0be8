using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Rows of Jobs and CronJobs. Source: printJob, printCronJob.</summary>
internal static class JobColumns
{
    private const string CronColumns = "Name:name Schedule Timezone Suspend:boolean Active:integer Last_Schedule Age Containers+ Images+ Selector+";

    public static readonly TableColumns Jobs = TableColumns.Of<Job>(
        "Name:name Status Completions Duration Age Containers+ Images+ Selector+",
        (job, now) =>
        [
            job.Metadata.Name,
            Status(job),
            Completions(job),
            Duration(job.Status, now),
            TableCatalog.Age(job, now),
            TableCatalog.Containers(job.Spec.Template.Spec),
            TableCatalog.Images(job.Spec.Template.Spec),
            TableCatalog.Selector(job.Spec.Selector),
        ]);

    public static readonly TableColumns CronJobs = TableColumns.Of<CronJob>(CronColumns, (cron, now) => CronRow(cron, cron.Spec, cron.Status, now));

    public static readonly TableColumns BetaCronJobs = TableColumns.Of<BetaCronJob>(CronColumns, (cron, now) => CronRow(cron, cron.Spec, cron.Status, now));

    private static string Status(Job job)
    {
        bool Is(string type) => job.Status.Conditions.Any(condition => condition.Type == type && condition.Status == "True");
        if (Is("Complete")) return "Complete";
        if (Is("Failed")) return "Failed";
        if (job.Metadata.DeletionTimestamp is not null) return "Terminating";
        if (Is("Suspended")) return "Suspended";
        if (Is("FailureTarget")) return "FailureTarget";
        return Is("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string Completions(Job job)
    {
        if (job.Spec.Completions is { } completions) return $"{job.Status.Succeeded}/{completions}";
        return job.Spec.Parallelism is > 1 and var parallelism ? $"{job.Status.Succeeded}/1 of {parallelism}" : $"{job.Status.Succeeded}/1";
    }

    private static string Duration(JobStatus status, DateTimeOffset now) =>
        status.StartTime is { } start ? HumanDuration.Of((status.CompletionTime ?? now) - start) : "";

    private static TableCell[] CronRow(IKubeObject cron, CronJobSpec spec, CronJobStatus status, DateTimeOffset now) =>
    [
        cron.Metadata.Name,
        spec.Schedule,
        spec.TimeZone ?? TableCatalog.None,
        spec.Suspend is { } suspended ? suspended ? "True" : "False" : "<unset>",
        (long)status.Active.Count,
        status.LastScheduleTime is { } last ? HumanDuration.Since(last, now) : TableCatalog.None,
        TableCatalog.Age(cron, now),
        TableCatalog.Containers(spec.JobTemplate.Spec.Template.Spec),
        TableCatalog.Images(spec.JobTemplate.Spec.Template.Spec),
        TableCatalog.Selector(spec.JobTemplate.Spec.Selector),
    ];
}
