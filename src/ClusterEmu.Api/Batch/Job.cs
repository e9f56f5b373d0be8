namespace ClusterEmu.Api;

[Doc("Runs Pods until a certain number of them has ended well.")]
public sealed record Job : IKubeObject
{
    public string Kind => "Job";
    public string ApiVersion => "batch/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What should run.")]
    public JobSpec Spec { get => field ?? JobSpec.Empty; init; }

    [Doc("What has run.")]
    public JobStatus Status { get => field ?? JobStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a Job should run.")]
public sealed record JobSpec
{
    public static readonly JobSpec Empty = new();

    [Doc("How many Pods may run at the same time. Defaults to 1.")]
    public int? Parallelism { get; init; }

    [Doc("How many Pods must end well. If only parallelism is set, one Pod that ends well is enough.")]
    public int? Completions { get; init; }

    [Doc("The Job is ended as failed after this time, counted from its start.")]
    public long? ActiveDeadlineSeconds { get; init; }

    [Doc("What each kind of failure means. Without it every failure counts towards backoffLimit.")]
    public PodFailurePolicy? PodFailurePolicy { get; init; }

    [Doc("When the Job counts as done before all its indexes are. Needs completionMode Indexed.")]
    public SuccessPolicy? SuccessPolicy { get; init; }

    [Doc("How many failures the Job may have before it is given up. Defaults to 6.")]
    public int? BackoffLimit { get; init; }

    [Doc("How many failures each index may have. Needs completionMode Indexed.")]
    public int? BackoffLimitPerIndex { get; init; }

    [Doc("How many indexes may fail before the Job is given up. Needs backoffLimitPerIndex.")]
    public int? MaxFailedIndexes { get; init; }

    [Doc("Which Pods belong to the Job. Made by the system; leave it out.")]
    public LabelSelector? Selector { get; init; }

    [Doc("True if you choose selector and labels yourself. Two Jobs with one selector disturb each other.")]
    public bool? ManualSelector { get; init; }

    [Doc("What each Pod looks like. Its restartPolicy must be Never or OnFailure.")]
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init; }

    [Doc("The Job is deleted this long after its end. Without it, it stays.")]
    public int? TtlSecondsAfterFinished { get; init; }

    [Doc("NonIndexed (the default): all Pods are alike. Indexed: each has a number from 0 to completions-1.")]
    [GoType("v1.CompletionMode")]
    public string? CompletionMode { get; init; }

    [Doc("True lets no Pods run, and ends those that do, until it is false again.")]
    public bool? Suspend { get; init; }

    [Doc("When a Pod gets a successor: TerminatingOrFailed (as soon as it is being deleted) or Failed (once it has ended).")]
    [GoType("v1.PodReplacementPolicy")]
    public string? PodReplacementPolicy { get; init; }

    [Doc("Which controller runs this Job, as a domain with a path. The built-in one if left out. Cannot be changed.")]
    public string? ManagedBy { get; init; }
}

[Doc("A Job as a CronJob makes it.")]
public sealed record JobTemplateSpec
{
    public static readonly JobTemplateSpec Empty = new();

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the Job should run.")]
    public JobSpec Spec { get => field ?? JobSpec.Empty; init; }
}
