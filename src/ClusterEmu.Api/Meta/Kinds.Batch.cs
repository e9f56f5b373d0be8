namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<Job> Job = new()
    {
        Group = "batch",
        Version = "v1",
        Kind = "Job",
        Plural = "jobs",
        Singular = "job",
        Namespaced = true,
        Categories = ["all"],
        Subresources = ["status"],
        OrphansByDefault = true,
        Fields = KindFields.Job,
        Rules = RulesOf.Job,
    };

    public static readonly KindInfo<CronJob> CronJob = new()
    {
        Group = "batch",
        Version = "v1",
        Kind = "CronJob",
        Plural = "cronjobs",
        Singular = "cronjob",
        Namespaced = true,
        ShortNames = ["cj"],
        Categories = ["all"],
        Subresources = ["status"],
        Rules = RulesOf.CronJob,
    };

    /// <summary>For clients up to Kubernetes 1.24. Stored as <see cref="CronJob"/>.</summary>
    public static readonly KindInfo<BetaCronJob> BetaCronJob = new()
    {
        Group = "batch",
        Version = "v1beta1",
        Kind = "CronJob",
        Plural = "cronjobs",
        Singular = "cronjob",
        Namespaced = true,
        ShortNames = ["cj"],
        Categories = ["all"],
        Subresources = ["status"],
        Warning = "batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob",
        Conversion = KindConversion.Between(
            CronJob,
            beta => new CronJob { Metadata = beta.Metadata, Spec = beta.Spec, Status = beta.Status },
            (CronJob job) => new BetaCronJob { Metadata = job.Metadata, Spec = job.Spec, Status = job.Status }),
        Rules = RulesOf.BetaCronJob,
    };

    internal static IReadOnlyList<KindInfo> Batch => [Job, CronJob, BetaCronJob];
}
