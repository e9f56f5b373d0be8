namespace ClusterEmu.Api;

/// <summary>What happens to Jobs and CronJobs before their validation. Source: strategy.go in pkg/registry/batch/{job,cronjob}.</summary>
public static class JobStrategy
{
    /// <summary>The labels that tie Pods to their Job, by its UID; the first is the one that is selected by.</summary>
    internal static readonly string[] UidLabels = ["batch.kubernetes.io/controller-uid", "controller-uid"];

    /// <summary>The labels that name the Pods' Job.</summary>
    internal static readonly string[] NameLabels = ["batch.kubernetes.io/job-name", "job-name"];

    /// <summary>Name and UID have been given: selector and labels are made of them.</summary>
    public static Job PrepareForCreate(Job job)
    {
        var meta = MetadataStrategy.ForCreate(job.Metadata, 1);
        var spec = job.Spec.ManualSelector == true ? job.Spec : WithSelector(job);
        // Labels that defaulting took from the template stay those of the template.
        if (ReferenceEquals(meta.Labels, job.Spec.Template.Metadata.Labels)) meta = meta with { Labels = spec.Template.Metadata.Labels };
        return job with { Metadata = meta, Spec = spec, Status = JobStatus.Empty };
    }

    public static CronJob PrepareForCreate(CronJob cron) =>
        cron with { Metadata = MetadataStrategy.ForCreate(cron.Metadata, 1), Status = CronJobStatus.Empty };

    /// <param name="job">The Job as the client wants it.</param>
    /// <param name="old">The Job as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static Job PrepareForUpdate(Job job, Job old, bool status) => status
        ? job with { Metadata = MetadataStrategy.ForUpdate(job.Metadata, old.Metadata), Spec = old.Spec }
        : job with
        {
            Metadata = MetadataStrategy.ForUpdate(job.Metadata, old.Metadata, !SemanticEquality.Same(job.Spec, old.Spec)),
            Status = old.Status,
        };

    /// <inheritdoc cref="PrepareForUpdate(Job, Job, bool)"/>
    public static CronJob PrepareForUpdate(CronJob cron, CronJob old, bool status) => status
        ? cron with { Metadata = MetadataStrategy.ForUpdate(cron.Metadata, old.Metadata), Spec = old.Spec }
        : cron with
        {
            Metadata = MetadataStrategy.ForUpdate(cron.Metadata, old.Metadata, !SemanticEquality.Same(cron.Spec, old.Spec)),
            Status = old.Status,
        };

    /// <summary>What the client has set itself stays; validation refuses what contradicts.</summary>
    private static JobSpec WithSelector(Job job)
    {
        var template = job.Spec.Template;
        var labels = new Dictionary<string, string>(template.Metadata.Labels, StringComparer.Ordinal);
        foreach (var label in NameLabels) labels.TryAdd(label, job.Metadata.Name);
        foreach (var label in UidLabels) labels.TryAdd(label, job.Metadata.Uid);
        var selector = job.Spec.Selector ?? new();
        var matched = new Dictionary<string, string>(selector.MatchLabels, StringComparer.Ordinal);
        matched.TryAdd(UidLabels[0], job.Metadata.Uid);
        return job.Spec with
        {
            Selector = selector with { MatchLabels = matched },
            Template = template with { Metadata = template.Metadata with { Labels = labels } },
        };
    }
}
