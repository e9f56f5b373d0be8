namespace ClusterEmu.Api;

[Doc("Makes a Job again and again, at certain times.")]
public sealed record CronJob : IKubeObject
{
    public string Kind => "CronJob";
    public string ApiVersion => "batch/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Which Job, and when.")]
    public CronJobSpec Spec { get => field ?? CronJobSpec.Empty; init; }

    [Doc("What the controller last did.")]
    public CronJobStatus Status { get => field ?? CronJobStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("A Job, and the times at which it is made.")]
public sealed record CronJobSpec
{
    public static readonly CronJobSpec Empty = new();

    [Doc(
        "Minute, hour, day of month, month, day of week, as cron has them: */5 * * * * is every five minutes. Or "
        + "@hourly, @daily, and so on.")]
    [AlwaysWritten]
    public string Schedule { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The time zone of the schedule, such as Europe/Berlin. That of the controller manager if left out.")]
    public string? TimeZone { get; init; }

    [Doc("How late a Job may still be started. A Job that is later counts as missed.")]
    public long? StartingDeadlineSeconds { get; init; }

    [Doc(
        "What to do while the last Job still runs: Allow (the default) starts one beside it, Forbid skips this time, "
        + "Replace ends the old one.")]
    [GoType("v1.ConcurrencyPolicy")]
    public string ConcurrencyPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True starts no further Jobs. Jobs that run are left alone.")]
    public bool? Suspend { get; init; }

    [Doc("The Job to make.")]
    public JobTemplateSpec JobTemplate { get => field ?? JobTemplateSpec.Empty; init; }

    [Doc("How many Jobs that ended well are kept. Defaults to 3.")]
    public int? SuccessfulJobsHistoryLimit { get; init; }

    [Doc("How many failed Jobs are kept. Defaults to 1.")]
    public int? FailedJobsHistoryLimit { get; init; }
}

[Doc("What the controller of a CronJob last did.")]
public sealed record CronJobStatus
{
    public static readonly CronJobStatus Empty = new();

    [Doc("The Jobs that run now.")]
    public IReadOnlyList<ObjectReference> Active { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("When a Job was last due and started.")]
    public DateTimeOffset? LastScheduleTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When a Job last ended well.")]
    public DateTimeOffset? LastSuccessfulTime { get; init => field = KubeTime.ToSeconds(value); }
}
