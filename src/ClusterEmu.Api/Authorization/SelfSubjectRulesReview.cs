namespace ClusterEmu.Api;

[Doc("Asks for all that you may do in a namespace; kubectl auth can-i --list. Nothing is stored.")]
public sealed record SelfSubjectRulesReview : IKubeObject
{
    public string Kind => "SelfSubjectRulesReview";
    public string ApiVersion => "authorization.k8s.io/v1";

    [Doc("Empty: a question has no name.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The question.")]
    public SelfSubjectRulesReviewSpec Spec { get => field ?? SelfSubjectRulesReviewSpec.Empty; init; }

    [Doc("The answer; what a request says here does not count.")]
    public SubjectRulesReviewStatus Status { get => field ?? SubjectRulesReviewStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Where.")]
public sealed record SelfSubjectRulesReviewSpec
{
    public static readonly SelfSubjectRulesReviewSpec Empty = new();

    [Doc("The namespace. Needed.")]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("What somebody may do. Rules may repeat each other.")]
public sealed record SubjectRulesReviewStatus
{
    public static readonly SubjectRulesReviewStatus Empty = new();

    [Doc("What may be done to objects.")]
    [AlwaysWritten]
    public IReadOnlyList<ResourceRule> ResourceRules { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Which paths may be asked for.")]
    [AlwaysWritten]
    public IReadOnlyList<NonResourceRule> NonResourceRules { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("True if there may be more that this server cannot list.")]
    [AlwaysWritten]
    public bool Incomplete { get; init; }

    [Doc("What went wrong while the rules were read.")]
    public string EvaluationError { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("These verbs on these resources of these groups.")]
public sealed record ResourceRule
{
    [Doc("The verbs, or * for all.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Verbs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The API groups, or * for all.")]
    public IReadOnlyList<string> ApiGroups { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The resources, or * for all; */status is the status of all.")]
    public IReadOnlyList<string> Resources { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Only objects of these names; without any, all.")]
    public IReadOnlyList<string> ResourceNames { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("These methods on these paths.")]
public sealed record NonResourceRule
{
    [Doc("HTTP methods in small letters, or * for all.")]
    [AlwaysWritten]
    public IReadOnlyList<string> Verbs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The paths; a * at the end stands for all that begin so.")]
    public IReadOnlyList<string> NonResourceURLs { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
