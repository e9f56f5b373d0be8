namespace ClusterEmu.Api;

[Doc("What a Job has run.")]
public sealed record JobStatus
{
    public static readonly JobStatus Empty = new();

    [Doc("How the Job stands: Complete, Failed, Suspended, SuccessCriteriaMet or FailureTarget.")]
    [PatchMerge("type")]
    public IReadOnlyList<JobCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("When the controller took up the Job, or took it up again after it was suspended.")]
    public DateTimeOffset? StartTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When the Job ended well. Only set then.")]
    public DateTimeOffset? CompletionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Pods that run or are about to.")]
    public int Active { get; init; }

    [Doc("Pods that have ended well.")]
    public int Succeeded { get; init; }

    [Doc("Pods that have failed.")]
    public int Failed { get; init; }

    [Doc("Pods that are being deleted and have not ended yet.")]
    public int? Terminating { get; init; }

    [Doc("Indexes that have ended well, as numbers and ranges such as 1,3-5,7.")]
    public string CompletedIndexes { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Indexes that have been given up, in the same form. Only with backoffLimitPerIndex.")]
    public string? FailedIndexes { get; init; }

    [Doc("Pods that have ended and are not in the numbers above yet.")]
    public UncountedTerminatedPods? UncountedTerminatedPods { get; init; }

    [Doc("Active Pods that are ready.")]
    public int? Ready { get; init; }
}

[Doc("Pods that have ended and are not counted yet, by their UIDs.")]
public sealed record UncountedTerminatedPods
{
    [Doc("Those that ended well.")]
    [GoType("types.UID"), SetList]
    public IReadOnlyList<string> Succeeded { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Those that failed.")]
    [GoType("types.UID"), SetList]
    public IReadOnlyList<string> Failed { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("How a Job stands.")]
public sealed record JobCondition
{
    [Doc("Complete, Failed, Suspended, SuccessCriteriaMet or FailureTarget.")]
    [GoType("v1.JobConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it was last looked at.")]
    public DateTimeOffset? LastProbeTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When the status last changed.")]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
